using Assize.Host.Access;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Leavers;

public sealed class ErasureModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, Caller caller) : AdministrationPage(identity, text)
{
    public PersonErasure Item { get; private set; } = null!;
    public bool IsOwn => Item.RequestedBy == caller.Subject;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, string? decision, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<PersonErasure>(HttpMethod.Post, $"erasures/{Segment(id)}/decision", new { decide = decision, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/leavers", decision == "approve" ? "What was personal is erased." : "You refused the request. Nothing was erased.") : Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<PersonErasure>("erasures/" + Segment(id), ct);
        Item = found!;
        return found is not null;
    }
}
