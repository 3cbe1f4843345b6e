using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Asks that the draft, as it stands, be published. It is verified first; another person decides.</summary>
public sealed class RequestPublication(DraftingRights rights, DraftCheck check, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, string? note, CancellationToken ct, ReleaseTerms? terms = null)
    {
        await VerifyBeforeAsync(db, caller, definitionId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.DraftDefinition, definitionId, ct) is { } denied)
        {
            return denied;
        }
        if (await db.Drafts.SingleOrDefaultAsync(x => x.DefinitionId == definitionId, ct) is not { } draft)
        {
            return new DraftRefused("draft-not-found", "There is no draft to publish.");
        }
        DefinitionOwner owner = await DraftingRights.OwnerAsync(db, definitionId, ct);
        if (terms is not null && TooWide(owner, terms) is { } wide)
        {
            return wide;
        }
        string hash = DraftText.HashOf(definitionId, draft.Text);
        List<PublicationRequest> waiting = await db.PublicationRequests
            .Where(x => x.DefinitionId == definitionId && x.State == PublicationState.Waiting && !x.IsRelease).ToListAsync(ct);
        if (waiting.Find(x => x.Hash == hash && (terms is null || x.Terms == terms.Write())) is { } same)
        {
            return new PublicationRequested(same);
        }
        Verification verified = await check.RunWithoutWaitAsync(db, definitionId, draft.Text, ct);
        if (DraftRefused.Of(verified, "The draft is kept, but it cannot be published yet.") is { } refused)
        {
            return refused;
        }
        waiting.ForEach(earlier => earlier.State = PublicationState.Superseded);
        PublicationRequest request = Request(caller, draft, hash, note, RuleName.Parse(definitionId) is null ? terms ?? ReleaseTerms.UsualFor(owner.Scope) : null);
        db.Add(request);
        DraftAudit.Record(db, caller, AccessActions.RequestPublication, definitionId, request.RequestedAt, new { request = request.Id, request.Version, request.Hash });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new PublicationRequested(request, verified.NeedsAnotherApprover);
    }

    /// <summary>Null where the release is for cases of the workflow's owner only.</summary>
    internal static DraftRefused? TooWide(DefinitionOwner owner, ReleaseTerms terms) => terms.Scope.IsWithin(owner.Scope)
        ? null
        : new DraftRefused("scope-too-wide", $"This belongs to {owner.Words}, so it is released for {ReleaseWords.Where(owner.Scope)} or less, but this asks for {ReleaseWords.Where(terms.Scope)}. Nothing was asked for. Narrow the release.");

    /// <summary>What can be said of a definition while somebody draws it.</summary>
    public Task<Verification> VerifyAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => check.RunWhileDrawnAsync(db, definition, ct);

    // Outside the transaction, since it may take a while; within it, the verdict is known.
    private async Task VerifyBeforeAsync(CaseDb db, Caller caller, string definitionId, CancellationToken ct)
    {
        if (await rights.Drafts(db, caller).AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == definitionId, ct) is { } draft)
        {
            await check.RunAsync(db, definitionId, draft.Text, ct);
        }
    }

    private PublicationRequest Request(Caller caller, WorkflowDraft draft, string hash, string? note, ReleaseTerms? terms)
    {
        DateTimeOffset now = DraftAudit.Now(clock);
        return new PublicationRequest
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            DefinitionId = draft.DefinitionId,
            Version = draft.Version,
            Name = draft.Name,
            Hash = hash,
            Text = draft.Text,
            Agency = draft.Agency,
            Terms = terms?.Write(),
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            RequestedBy = caller.Subject,
            RequestedByName = caller.DisplayName,
            RequestedAt = now,
            State = PublicationState.Waiting,
        };
    }
}
