using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class TestModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public Enrolment Item { get; private set; } = null!;
    public string Address => EnrolmentAddress.Of(Item.Id);
    /// <summary>Shown once, when it is made: whoever has it can try the sign-in.</summary>
    public EnrolmentTestLink? Link { get; private set; }

    public bool CanTry => Item.Stage == "checked";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? ShowIf(Item.Stage is not ("draft" or "abandoned"), EnrolmentAddress.GoneOn) : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<EnrolmentTestLink>(HttpMethod.Post, EnrolmentAddress.AtServer(id, "test"), new { }, ct);
        Link = answer.Value;
        Response.Headers.CacheControl = "no-store";
        return answer.IsDone ? Page() : Refuse(answer);
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<Enrolment>(EnrolmentAddress.AtServer(id), ct);
        Item = found!;
        return found is not null;
    }
}
