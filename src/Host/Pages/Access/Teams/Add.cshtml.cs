using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Teams;

public sealed class AddModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    public TeamLine Team { get; private set; } = null!;
    public DirectoryList<PersonLine> Found { get; private set; } = new([]);
    public string Address => "/access/teams/" + Team.Id;

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string> { ["add"] = "chosen" };

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        if (Team.Provisioned)
        {
            AddFault(null, "This team comes from the agency’s own provisioning, and is changed there.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        if (Chosen.Count == 0)
        {
            AddFault("chosen", "Choose at least one person");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await SendAsync<TeamLine>(HttpMethod.Post, $"teams/{Segment(id)}/members", new { add = Chosen, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Address, "People added: {0}.", Chosen.Count) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<TeamLine>("teams/" + Segment(id), ct) is not { } team
            || await ReadAsync<DirectoryList<PersonLine>>("people?status=active&search=" + Segment(Search ?? ""), ct) is not { } found)
        {
            return false;
        }

        (Team, Found) = (team, found);
        return true;
    }
}
