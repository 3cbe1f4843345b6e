using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Provisioning;

public sealed class RemoveGroupModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public MappingLine Mapping { get; private set; } = null!;
    public IReadOnlyList<MappingLine> Kept { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refusal)
        {
            return refusal;
        }

        var answer = await SendAsync<DirectoryList<MappingLine>>(HttpMethod.Put, "provisioning/mappings", new { mappings = Kept.Select(GroupRoles.Of), reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/provisioning", "The group {0} gives the role no more.", Mapping.Group) : Refuse(answer);
    }

    private async Task<IActionResult?> LoadAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<DirectoryList<MappingLine>>("provisioning/mappings", ct) is not { } mappings)
        {
            return Refusal;
        }

        var found = mappings.Items.FirstOrDefault(mapping => mapping.Id == id);
        (Mapping, Kept) = (found!, [.. mappings.Items.Where(mapping => mapping.Id != id)]);
        return found is null ? NotFound() : null;
    }
}
