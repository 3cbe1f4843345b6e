using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Keeps a draft as it was sent. Whoever saved in between is named, and nothing that was sent is lost.</summary>
/// <remarks>Idempotent: the same content again, over a lost answer, is the same draft.</remarks>
public sealed class SaveDraft(DraftingRights rights, TimeProvider clock)
{
    /// <param name="window">The window of a browser that sends it, where there is one: its own saves follow each other.</param>
    /// <param name="owner">To whom it will belong where it is new; whom the caller's rights suggest if absent.</param>
    public Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, WorkflowDefinition sent, CancellationToken ct, string? window = null, DefinitionOwner? owner = null) =>
        RuleName.Parse(sent.DefinitionId) is null ? RunAsync(db, caller, new SentWorkflow(sent), ct, window, owner)
            : Task.FromResult<DraftAnswer>(new DraftRefused("id-taken", $"“{sent.DefinitionId}” is how a {RuleName.Parse(sent.DefinitionId)!.Kind} is named. Nothing was stored; give the workflow another id."));

    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, SentDraft sent, CancellationToken ct, string? window = null, DefinitionOwner? owner = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        WorkflowDraft? draft = await db.Drafts.SingleOrDefaultAsync(x => x.DefinitionId == sent.Key, ct);
        DefinitionOwner? first = draft is null ? await FirstOwner.OfAsync(db, rights.Held(db, caller), caller, sent.Key, owner ?? sent.Owner, ct) : null;
        DraftAnswer answer = await DeniedAsync(db, caller, sent, first, ct)
            ?? (draft is null ? await BeginAsync(db, caller, sent, window, first, ct) : await ContinueAsync(db, caller, draft, sent, window, ct));
        try
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return answer;
        }
        catch (DbUpdateException)
        {
            // Somebody saved between our reading and our writing. Whoever asks again will be told who it was.
            await transaction.RollbackAsync(ct);
            db.ChangeTracker.Clear();
            return await AgainAsync(db, caller, sent, window, ct);
        }
    }

    private async Task<DraftAnswer> AgainAsync(CaseDb db, Caller caller, SentDraft sent, string? window, CancellationToken ct)
    {
        WorkflowDraft? draft = await db.Drafts.SingleOrDefaultAsync(x => x.DefinitionId == sent.Key, ct);
        DraftAnswer answer = draft is null
            ? new DraftRefused("draft-gone", "This draft was published or discarded while you worked on it. Nothing was stored; open it again.")
            : await DeniedAsync(db, caller, sent, null, ct) ?? await ContinueAsync(db, caller, draft, sent, window, ct);
        await db.SaveChangesAsync(ct);
        return answer;
    }

    // Whose right ended while they drew keeps what they drew.
    private async Task<DraftAnswer?> DeniedAsync(CaseDb db, Caller caller, SentDraft sent, DefinitionOwner? first, CancellationToken ct)
    {
        DraftRefused? denied = first is null
            ? await rights.RefusalAsync(db, caller, AccessActions.DraftDefinition, sent.Key, ct)
            : await rights.RefusalAsync(db, caller, AccessActions.DraftDefinition, first, ct);
        if (denied is not { Code: DraftingRights.Missing } || sent.Revision is null)
        {
            return denied;
        }
        await KeepCopyAsync(db, caller, sent, ct);
        return denied with { Message = $"{denied.Message} What you sent is kept as your copy, on its page." };
    }

    private async Task<DraftAnswer> BeginAsync(CaseDb db, Caller caller, SentDraft sent, string? window, DefinitionOwner? first, CancellationToken ct)
    {
        int newest = await PublishedVersions.NewestAsync(db, sent.Key, ct);
        if (sent.Revision is not null && newest > 0)
        {
            await KeepCopyAsync(db, caller, sent, ct);
            return new DraftRefused(
                "draft-gone", "The draft that you had open was published or discarded. What you sent is kept as your copy, on its page; open it again.");
        }
        DateTimeOffset now = Now();
        WorkflowDraft draft = new()
        {
            DefinitionId = sent.Key,
            Version = newest + 1,
            Revision = 1,
            Name = sent.Name,
            Text = sent.Store(newest + 1, 1),
            Agency = caller.Agency,
            StartedAt = now,
            SavedBy = caller.Subject,
            SavedByName = caller.DisplayName,
            SavedAt = now,
            SavedIn = window,
        };
        db.Add(draft);
        if (first is { IsNational: false })
        {
            db.Add(new OwnedDefinition { DefinitionId = sent.Key, Owner = first.ToString() });
        }
        DraftAudit.Record(db, caller, AccessActions.DraftDefinition, sent.Key, now, new { began = draft.Version, owner = first?.ToString() });
        return new DraftSaved(draft);
    }

    private async Task<DraftAnswer> ContinueAsync(
        CaseDb db, Caller caller, WorkflowDraft draft, SentDraft sent, string? window, CancellationToken ct)
    {
        if (sent.IsSameAs(draft.Text))
        {
            return new DraftSaved(draft);
        }
        // Studio goes on sending the revision that it loaded, so the saves of one window follow each other without it. A page is made anew after each save.
        if (sent.Revision != draft.Revision && (sent is SentRule || draft.SavedBy != caller.Subject || draft.SavedIn != window))
        {
            await KeepCopyAsync(db, caller, sent, ct);
            return new DraftRefused("draft-stale", draft.SavedBy == caller.Subject
                ? $"You saved this draft at {London.Time(draft.SavedAt)} in another window. That version stands; what this window sent is kept as your copy, on its page. Reload to go on from it."
                : $"{draft.SavedByName} saved this draft at {London.Time(draft.SavedAt)} while you had it open. "
                    + "Their version stands; what you sent is kept as your copy, on its page. Reload to go on from theirs.");
        }
        draft.Revision++;
        (draft.Name, draft.Text) = (sent.Name, sent.Store(draft.Version, draft.Revision));
        (draft.SavedBy, draft.SavedByName, draft.SavedAt, draft.SavedIn) = (caller.Subject, caller.DisplayName, Now(), window);
        return new DraftSaved(draft);
    }

    private Task KeepCopyAsync(CaseDb db, Caller caller, SentDraft sent, CancellationToken ct) =>
        DraftCopies.KeepAsync(db, caller, sent.Key, sent.Raw, Now(), ct);

    private DateTimeOffset Now() => DraftAudit.Now(clock);
}
