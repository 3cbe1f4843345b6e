using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Leavers;

public sealed class AskModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public PersonDetail Detail { get; private set; } = null!;
    public string Address => "/access/people/" + Segment(Detail.Person.Subject);

    /// <summary>Why it cannot be asked for, as a code; null where it can.</summary>
    public string? WhyNot => Detail.IsErased ? "erased" : Detail.Person.Status != "left" ? "not_left" : null;

    public async Task<IActionResult> OnGetAsync(string subject, CancellationToken ct) =>
        await LoadAsync(subject, ct) ? ShowIf(WhyNot is null, AdministrationRefusals.Whole(WhyNot ?? "", "")) : Refusal;

    public async Task<IActionResult> OnPostAsync(string subject, CancellationToken ct)
    {
        if (!await LoadAsync(subject, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<PersonErasure>(HttpMethod.Post, $"people/{Segment(subject)}/erasure", new { reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/leavers", "You asked for the erasure. Another administrator decides.") : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string subject, CancellationToken ct)
    {
        var found = await ReadAsync<PersonDetail>("people/" + Segment(subject), ct);
        Detail = found!;
        return found is not null;
    }
}
