using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Teams;

public sealed class TeamModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    public TeamLine Team { get; private set; } = null!;
    public DirectoryList<PersonLine> Members { get; private set; } = new([]);
    public string Address => "/access/teams/" + Team.Id;
    public string? Next => Members.After is null ? null : $"{Address}?after={Members.After}";

    protected override IReadOnlyDictionary<string, string> FieldIds { get; } = new Dictionary<string, string> { ["add"] = "chosen" };

    public async Task<IActionResult> OnGetAsync(string id, string? after, CancellationToken ct) => await LoadAsync(id, after, ct) ? Page() : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, string? after, CancellationToken ct)
    {
        if (!await LoadAsync(id, after, ct))
        {
            return Refusal;
        }

        if (Chosen.Count == 0)
        {
            AddFault("chosen", "Choose at least one person");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await SendAsync<TeamLine>(HttpMethod.Post, $"teams/{Segment(id)}/members", new { remove = Chosen, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Address, "People taken out: {0}.", Chosen.Count) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, string? after, CancellationToken ct)
    {
        if (await ReadAsync<TeamLine>("teams/" + Segment(id), ct) is not { } team
            || await ReadAsync<DirectoryList<PersonLine>>($"people?team={Segment(id)}&after={Segment(after ?? "")}", ct) is not { } members)
        {
            return false;
        }

        (Team, Members) = (team, members);
        return true;
    }
}
