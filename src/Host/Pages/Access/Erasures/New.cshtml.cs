using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Erasure;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access.Erasures;

public sealed class NewModel(ErasureQueries erasures, RequestErasure asking, CaseDatabase database, Caller caller, BusinessClock clock) : PageModel
{
    private const string Everybody = "everybody";

    public ErasableCase Found { get; private set; } = new("", "", []);
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");
    public string Whom { get; private set; } = Everybody;
    public string? Basis { get; private set; }
    public string? BasisError { get; private set; }
    public string? Reason { get; private set; }
    public string? ReasonError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public IReadOnlyList<Choice> People => [new Choice(Everybody, "Everybody in the case"), .. Found.Defendants.Select(person => new Choice(person.Id, person.Name))];

    public IReadOnlyList<Choice> Bases { get; } = [.. RequestErasure.LegalBases.Select(basis => new Choice(basis.Key, basis.Value))];

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "case")] string? urn, CancellationToken ct) =>
        await FindAsync(urn, ct) ? Page() : MayAsk ? NotFound() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync(
        [FromQuery(Name = "case")] string? urn, string? whom, string? basis, string? reason, string? request, CancellationToken ct)
    {
        if (!await FindAsync(urn, ct))
        {
            return MayAsk ? NotFound() : StatusCode(StatusCodes.Status403Forbidden);
        }

        (Whom, Basis, Reason) = (whom ?? Everybody, basis, reason);
        var asked = new ErasureAsked(Found.Id, Whom == Everybody ? null : Whom, basis ?? "", reason ?? "");
        await using var db = database.CreateDbContext();
        switch (await asking.RunAsync(db, caller, request ?? RequestId, clock.GetUtcNow(), asked, ct))
        {
            case Completed:
                TempData["Did"] = "You asked for the erasure. Another person decides.";
                return Redirect("/access/erasures");
            case Refused refused:
                return Refuse(refused);
            default:
                return Refuse(new Refused("used", "This page was used before. Try again.", false));
        }
    }

    private bool MayAsk => ActionTable.RolesFor(AccessActions.RequestErasure).Any(caller.HasRole);

    private async Task<bool> FindAsync(string? urn, CancellationToken ct)
    {
        var found = await erasures.CaseAsync(caller, urn, ct);
        Found = found ?? Found;
        return found is not null;
    }

    private PageResult Refuse(Refused refused)
    {
        BasisError = refused.Code == "legal-basis-unknown" ? "Choose a legal basis" : null;
        ReasonError = refused.Code == "reason-short" ? "Say why, in at least 20 letters" : null;
        Faults = [BasisError is not null ? new Fault("basis", BasisError) : ReasonError is not null ? new Fault("reason", ReasonError) : new Fault(null, refused.Message)];
        Response.StatusCode = BasisError is null && ReasonError is null ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
