using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Sessions;

public sealed class EndAllModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public PersonDetail Detail { get; private set; } = null!;
    public IReadOnlyList<SessionEntry> Live { get; private set; } = [];
    public string Address => "/access/people/" + Segment(Detail.Person.Subject);

    public async Task<IActionResult> OnGetAsync(string subject, CancellationToken ct)
    {
        if (!await LoadAsync(subject, ct))
        {
            return Refusal;
        }

        if (Live.Count == 0)
        {
            AddFault(null, "They are not signed in anywhere. Nothing was changed.");
            return Again(StatusCodes.Status409Conflict);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string subject, CancellationToken ct)
    {
        if (!await LoadAsync(subject, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<EndedSessions>(HttpMethod.Post, $"sessions/of/{Segment(subject)}/end", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt(Address, "All sessions of {0} have ended.", Detail.Person.Name) : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string subject, CancellationToken ct)
    {
        if (await ReadAsync<PersonDetail>("people/" + Segment(subject), ct) is not { } detail
            || await ReadAsync<DirectoryList<SessionEntry>>("sessions?live=true&subject=" + Segment(subject), ct) is not { } sessions)
        {
            return false;
        }

        (Detail, Live) = (detail, sessions.Items);
        return true;
    }
}
