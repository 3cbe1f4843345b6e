using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class ChecksModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public Enrolment Item { get; private set; } = null!;
    public string Address => EnrolmentAddress.Of(Item.Id);
    /// <summary>Once proposed they are run again only when it is put to use.</summary>
    public bool CanRun => Item.Stage is "draft" or "checked";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? ShowIf(Item.Stage != "abandoned", EnrolmentAddress.GoneOn) : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<Enrolment>(HttpMethod.Post, EnrolmentAddress.AtServer(id, "checks"), new { }, ct);
        return !answer.IsDone ? Refuse(answer)
            : answer.Value!.Stage == "checked" ? DoneAt(Address, "The provider passed its checks.")
            : Redirect(Address + "/checks");
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<Enrolment>(EnrolmentAddress.AtServer(id), ct);
        Item = found!;
        return found is not null;
    }
}
