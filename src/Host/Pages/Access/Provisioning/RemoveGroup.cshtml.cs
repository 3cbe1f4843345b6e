using Assize.Host.Access;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Provisioning;

public sealed class RemoveGroupModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller, RoleEffect effect) : AdministrationPage(identity, text)
{
    public MappingLine Mapping { get; private set; } = null!;
    public IReadOnlyList<MappingLine> Kept { get; private set; } = [];

    /// <summary>Null until it is shown what it would change.</summary>
    public GroupEffect? Effect { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ?? Page();

    /// <param name="step">"save" after what would change was shown; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string id, string? step, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is { } refusal)
        {
            return refusal;
        }

        var save = step == "save";
        var answer = await SendAsync<MappingsOutcome>(HttpMethod.Put, GroupRoles.Address(save), new { mappings = Kept.Select(GroupRoles.Of), reason = OneLine(Reason) }, ct);
        if (answer.IsDone && !save)
        {
            Effect = new GroupEffect(answer.Value!.People, await effect.OfMovesAsync(caller, answer.Value.People, ct));
            return Page();
        }

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
