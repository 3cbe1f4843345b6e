using Assize.Engine.Definitions;
using Assize.Workflows.Cases;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>What a change of owner may not break, and what it does, in its transaction.</summary>
internal static class HandOver
{
    /// <summary>Null where what belongs together still does.</summary>
    public static async Task<DraftRefused?> UnfitAsync(CaseDb db, string key, DefinitionOwner to, CancellationToken ct) =>
        RuleName.Parse(key) is { Kind: RuleName.Overlay } ? new DraftRefused("owner-named", "An overlay belongs to whom its name says. Nothing was changed.")
        : await db.PublicationRequests.AnyAsync(x => x.DefinitionId == key && x.State == PublicationState.Waiting, ct)
            ? new DraftRefused("publication-waits", "Its publication or a release of it waits for approval, as its owner now asked. Nothing was changed. Have that decided first.")
        : !to.IsNational && await Belonging.UsersAsync(db, key, to, ct) is { Count: > 0 } users
            ? new DraftRefused("used-by-others", $"Workflows that do not belong to {to.Words} use it: {string.Join(", ", users)}. Nothing was changed.")
        : RuleName.Parse(key) is null ? await UnfitWorkflowAsync(db, key, to, ct) : null;

    /// <summary>Writes down to whom it belongs; what is not written down is national.</summary>
    public static async Task KeepAsync(CaseDb db, string key, DefinitionOwner to, CancellationToken ct)
    {
        await db.OwnedDefinitions.Where(x => x.DefinitionId == key).ExecuteDeleteAsync(ct);
        if (!to.IsNational)
        {
            db.Add(new OwnedDefinition { DefinitionId = key, Owner = to.ToString() });
        }
    }

    /// <summary>Gives it to its new owner. All of their cases have a version then: where they are more than before, the one that all others took.</summary>
    public static async Task<DraftRefused?> RunAsync(CaseDb db, OwnerChange change, string approvedBy, DateTimeOffset now, DateTimeOffset business, CancellationToken ct)
    {
        DefinitionOwner from = await DraftingRights.OwnerAsync(db, change.DefinitionId, ct);
        if (from.ToString() != change.From)
        {
            return new DraftRefused("owner-changed", $"It belongs to {from.Words} meanwhile. Nothing was changed.");
        }
        await KeepAsync(db, change.DefinitionId, DefinitionOwner.Parse(change.To)!, ct);
        await db.SaveChangesAsync(ct);
        ReleaseBook book = await ReleaseBook.OpenAsync(db, change.DefinitionId, ct);
        if (!book.Plan.Releases.IsEmpty && !book.Plan.CoversEverything)
        {
            ReleaseScope whole = DefinitionOwner.Parse(change.To)!.Scope;
            WorkflowRelease usual = book.Plan.Releases.Last(x => x.Scope == from.Scope && x is { EffectiveFrom: null, Share: 100 });
            ReleaseTerms terms = new() { Area = whole.Area, Court = whole.Court, Force = whole.Force };
            if (book.Enter(new ReleaseAsked(usual.Version, terms, null, change.Reason, change.AskedByName, approvedBy, now, HasNoStart: true), London.Day(business)).Refusal is { } tied)
            {
                return new DraftRefused("release-tied", $"{tied} Nothing was changed.");
            }
            await PublishedVersions.BeginAsync(db, change.DefinitionId, book.Plan, business, ct);
        }
        return null;
    }

    private static async Task<DraftRefused?> UnfitWorkflowAsync(CaseDb db, string key, DefinitionOwner to, CancellationToken ct)
    {
        List<DefinitionProblem> foreign = [];
        foreach (int version in await PublishedVersions.LiveNumbersAsync(db, key, ct))
        {
            WorkflowDefinition definition = DefinitionReader.Read((await PublishedVersions.TextAsync(db, key, version, ct))!);
            foreign.AddRange((await Belonging.CheckAsync(db, definition, ct, to))?.Problems ?? []);
        }
        return foreign.Count > 0
            ? new DraftRefused("uses-others", $"A published version uses what could not be used by {to.Words}. Nothing was changed.") { Problems = [.. foreign.DistinctBy(x => x.Message)] }
            : (await ReleaseBook.OpenAsync(db, key, ct)).Plan.Releases.FirstOrDefault(x => !x.Scope.IsWithin(to.Scope)) is { } wider
                ? new DraftRefused("released-wider", $"{ReleaseWords.Name(wider)} is for more cases than those of {to.Words}, and they would lose it. Nothing was changed. Save it as a file, and begin one of their own with that.")
                : null;
    }
}
