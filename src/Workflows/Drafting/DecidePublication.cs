using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Another person approves exactly the text that was asked for, or refuses it with a reason. Where nobody can show that the workflow is sound, two others have to approve.</summary>
public sealed class DecidePublication(DraftingRights rights, PublishRequested publish, RuleCatalog rules, TimeProvider clock)
{
    /// <param name="hash">Of the text that the approver saw; another one is refused.</param>
    /// <param name="business">Business now; the real time if absent.</param>
    public async Task<DraftAnswer> ApproveAsync(CaseDb db, Caller caller, string requestId, string hash, CancellationToken ct, DateTimeOffset? business = null)
    {
        // Outside the transaction, since it may take a while; within it, the verdict is known.
        if (await rights.Requests(db, caller).AsNoTracking().SingleOrDefaultAsync(x => x.Id == requestId && x.State == PublicationState.Waiting, ct) is { } waiting)
        {
            await publish.VerifyAsync(db, waiting, waits: true, ct);
        }
        return await DecideAsync(db, caller, requestId, (hash, business ?? clock.GetUtcNow()), null, ct);
    }

    public Task<DraftAnswer> RefuseAsync(CaseDb db, Caller caller, string requestId, string reason, CancellationToken ct) =>
        DecideAsync(db, caller, requestId, null, reason, ct);

    private async Task<DraftAnswer> DecideAsync(CaseDb db, Caller caller, string requestId, (string Hash, DateTimeOffset Business)? approved, string? reason, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        PublicationRequest? request = await db.PublicationRequests.SingleOrDefaultAsync(x => x.Id == requestId, ct);
        if ((await DeniedAsync(db, caller, request, ct) ?? Objection(request, approved?.Hash)) is { } refused)
        {
            return refused;
        }
        if (await SamePersonAsync(db, caller, request!, isApproval: reason is null, ct) is { } same)
        {
            return same;
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        if (approved is var (_, business) && await ApprovedAsync(db, request!, caller, now, business, ct) is { } problem)
        {
            return problem;
        }
        if (reason is not null)
        {
            Decide(request!, PublicationState.Refused, caller, now, reason);
        }
        DraftAudit.Record(db, caller, AccessActions.ApprovePublication, request!.DefinitionId, now, new { request = request.Id, request.State, request.Version, request.Hash, first = request.FirstApprovedBy });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new DraftRefused("already-decided", "Somebody else decided this request a moment ago. Nothing was changed.");
        }
        await transaction.CommitAsync(ct);
        if (request.State == PublicationState.Approved)
        {
            await rules.ReloadAsync(db, ct);
        }
        return new PublicationDecided(request);
    }

    /// <summary>Publishes it, or where one approver is not enough keeps who was the first; gives why neither can be done.</summary>
    private async Task<DraftRefused?> ApprovedAsync(CaseDb db, PublicationRequest request, Caller caller, DateTimeOffset now, DateTimeOffset business, CancellationToken ct)
    {
        if (request.FirstApprovedBy is null && await publish.VerifyAsync(db, request, waits: false, ct) is { MayBePublished: true, NeedsAnotherApprover: true })
        {
            (request.FirstApprovedBy, request.FirstApprovedByName, request.FirstApprovedAt) = (caller.Subject, caller.DisplayName, now);
            return null;
        }
        Decide(request, PublicationState.Approved, caller, now, null);
        return await publish.RunAsync(db, request, caller, now, business, ct);
    }

    private static void Decide(PublicationRequest request, string state, Caller caller, DateTimeOffset now, string? reason)
    {
        request.State = state;
        (request.DecidedBy, request.DecidedByName, request.DecidedAt, request.Reason) = (caller.Subject, caller.DisplayName, now, reason);
    }

    private Task<DraftRefused?> DeniedAsync(CaseDb db, Caller caller, PublicationRequest? request, CancellationToken ct) => request is null
        ? rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, ct)
        : rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, request.DefinitionId, ct);

    private static DraftRefused? Objection(PublicationRequest? request, string? hash) => request switch
    {
        null => new DraftRefused("request-not-found", "There is no such request."),
        { State: not PublicationState.Waiting } => new DraftRefused("already-decided", $"This request is {request.State} already. Nothing was changed."),
        _ when hash is not null && hash != request.Hash =>
            new DraftRefused("hash-differs", "What you looked at is not what waits for approval. Open the request again. Nothing was published."),
        _ => null,
    };

    // One human counts once, by whichever account.
    private static async Task<DraftRefused?> SamePersonAsync(CaseDb db, Caller caller, PublicationRequest request, bool isApproval, CancellationToken ct) =>
        await Humans.AreOneAsync(db, caller.Subject, request.RequestedBy, ct)
            ? new DraftRefused("same-person", "You asked for this yourself; somebody else has to decide. It waits for them.")
            : isApproval && request.FirstApprovedBy is { } first && await Humans.AreOneAsync(db, caller.Subject, first, ct)
                ? new DraftRefused("approved-once", "You have approved this already. Another process owner has to approve it as well; it waits for them.")
                : null;
}
