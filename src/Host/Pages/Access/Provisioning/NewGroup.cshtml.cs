using Assize.Host.Access;
using Assize.Host.Pages.Access.RoleChanges;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Provisioning;

public sealed class NewGroupModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller, TimeProvider clock, RoleEffect effect)
    : AdministrationPage(identity, text)
{
    [BindProperty]
    public string? Group { get; set; }

    [BindProperty]
    public RoleForm Form { get; set; } = new();

    public RoleFields Fields { get; private set; } = null!;
    public IReadOnlyList<MappingLine> Kept { get; private set; } = [];

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = RoleFieldIds.All;

    /// <summary>Null until it is shown what it would change.</summary>
    public GroupEffect? Effect { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : Refusal;

    /// <param name="step">"save" after what would change was shown, "edit" to write it anew; anything else shows it.</param>
    public async Task<IActionResult> OnPostAsync(string? step, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
        {
            return Refusal;
        }

        if (step == "edit")
        {
            return Page();
        }

        if (string.IsNullOrWhiteSpace(Group))
        {
            AddFault("group", "Enter the group’s name or id");
        }

        foreach (var (fieldId, message) in Form.Faults())
        {
            AddFault(fieldId, message);
        }

        if (Faults.Count > 0)
        {
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        object[] mappings = [.. Kept.Select(GroupRoles.Of), new { group = Group!.Trim(), role = Form.Gift(Fields.Agency, clock.GetUtcNow()) }];
        var save = step == "save";
        var answer = await SendAsync<MappingsOutcome>(HttpMethod.Put, GroupRoles.Address(save), new { mappings, reason = OneLine(Reason) }, ct);
        if (answer.IsDone && !save)
        {
            Effect = new GroupEffect(answer.Value!.People, await effect.OfMovesAsync(caller, answer.Value.People, ct));
            return Page();
        }

        return answer.IsDone ? DoneAt("/access/provisioning", "The group {0} gives the role now.", Group.Trim()) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await ReadAsync<RoleCatalogue>("roles", ct) is not { } catalogue
            || await ReadAsync<DirectoryList<MappingLine>>("provisioning/mappings", ct) is not { } mappings
            || await ReadAsync<AgencyDetail>("agencies/" + Segment(caller.Agency), ct) is not { } agency)
        {
            return false;
        }

        var byGroups = catalogue with { Roles = [.. catalogue.Roles.Where(role => role.AdminLevel == 0)] };
        (Kept, Fields) = (mappings.Items, new RoleFields(Form, byGroups, agency.Agency, IsFixed: false, Error) { HasPeriod = false });
        return true;
    }
}
