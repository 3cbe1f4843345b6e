using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>A second person approves exactly the text that was asked for, or refuses it with a reason.</summary>
public sealed class DecidePublication(IAccessEvaluator access, PublishRequested publish, RuleCatalog rules, TimeProvider clock)
{
    /// <param name="hash">Of the text that the approver saw; another one is refused.</param>
    /// <param name="business">Business now; the real time if absent.</param>
    public Task<DraftAnswer> ApproveAsync(CaseDb db, Caller caller, string requestId, string hash, CancellationToken ct, DateTimeOffset? business = null) =>
        DecideAsync(db, caller, requestId, (hash, business ?? clock.GetUtcNow()), null, ct);

    public Task<DraftAnswer> RefuseAsync(CaseDb db, Caller caller, string requestId, string reason, CancellationToken ct) =>
        DecideAsync(db, caller, requestId, null, reason, ct);

    private async Task<DraftAnswer> DecideAsync(CaseDb db, Caller caller, string requestId, (string Hash, DateTimeOffset Business)? approved, string? reason, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        PublicationRequest? request = await db.PublicationRequests.SingleOrDefaultAsync(x => x.Id == requestId, ct);
        AccessDecision decision = await access.CheckAsync(db, caller, AccessActions.ApprovePublication, AccessTarget.None, ct);
        bool isAsker = request is not null && await Humans.AreOneAsync(db, caller.Subject, request.RequestedBy, ct);
        if (Objection(isAsker, decision, request, approved?.Hash) is { } refused)
        {
            return refused;
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        request!.State = reason is null ? PublicationState.Approved : PublicationState.Refused;
        (request.DecidedBy, request.DecidedByName, request.DecidedAt, request.Reason) = (caller.Subject, caller.DisplayName, now, reason);
        if (approved is var (_, business) && await publish.RunAsync(db, request, caller, now, business, ct) is { } problem)
        {
            return problem;
        }
        DraftAudit.Record(db, caller, AccessActions.ApprovePublication, request.DefinitionId, now, new { request = request.Id, request.State, request.Version, request.Hash });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new DraftRefused("already-decided", "Somebody else decided this request a moment ago. Nothing was changed.");
        }
        await transaction.CommitAsync(ct);
        if (reason is null)
        {
            await rules.ReloadAsync(db, ct);
        }
        return new PublicationDecided(request);
    }

    private static DraftRefused? Objection(bool isAsker, AccessDecision decision, PublicationRequest? request, string? hash) => request switch
    {
        _ when !decision.Allowed => new DraftRefused(decision.Code, decision.Reason),
        null => new DraftRefused("request-not-found", "There is no such request."),
        { State: not PublicationState.Waiting } => new DraftRefused("already-decided", $"This request is {request.State} already. Nothing was changed."),
        _ when isAsker =>
            new DraftRefused("same-person", "You asked for this yourself; somebody else has to decide. It waits for them."),
        _ when hash is not null && hash != request.Hash =>
            new DraftRefused("hash-differs", "What you looked at is not what waits for approval. Open the request again. Nothing was published."),
        _ => null,
    };
}
