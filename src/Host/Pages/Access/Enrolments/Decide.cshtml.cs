using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Enrolments;

public sealed class DecideModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public Enrolment Item { get; private set; } = null!;
    public string Address => EnrolmentAddress.Of(Item.Id);
    public EnrolmentStep Step { get; private set; } = null!;

    /// <summary>Who proposes what was not seen to work says why.</summary>
    public bool NeedsReason => Step.Name == "propose" && !Item.IsSeenToWork;

    public bool Fits => Step.FitsTo(Item);

    public async Task<IActionResult> OnGetAsync(string id, string step, CancellationToken ct) => await LoadAsync(id, step, ct) ? ShowIf(Fits, EnrolmentAddress.GoneOn) : Refusal;

    public async Task<IActionResult> OnPostAsync(string id, string step, CancellationToken ct)
    {
        if (!await LoadAsync(id, step, ct))
        {
            return Refusal;
        }

        var answer = await SendAsync<Enrolment>(HttpMethod.Post, EnrolmentAddress.AtServer(id, Step.Name), Step.Name == "propose" ? new { UntestedReason = OneLine(Reason) } : new { }, ct);
        if (answer.IsDone)
        {
            return DoneAt(Step.Name == "abandon" ? EnrolmentAddress.Root : Address, Step.Done, Item.AgencyName);
        }

        if (answer.Code == "not_tested")
        {
            AddFault("reason", "Enter a reason of 10 to 500 characters");
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        return Refuse(answer);
    }

    private async Task<bool> LoadAsync(string id, string step, CancellationToken ct)
    {
        Step = EnrolmentStep.Find(step)!;
        return Step is not null && await FindAsync(id, ct);
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await ReadAsync<Enrolment>(EnrolmentAddress.AtServer(id), ct);
        Item = found!;
        return found is not null;
    }
}
