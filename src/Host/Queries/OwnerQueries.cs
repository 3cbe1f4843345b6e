using Assize.Engine.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>To whom definitions belong, and the changes that are asked for.</summary>
public sealed class OwnerQueries(CaseDatabase database, DraftingRights rights)
{
    /// <summary>Null where there is nothing of that name that the caller's rights show.</summary>
    public async Task<OwnedItem?> FindAsync(Caller caller, string key, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var draft = await rights.Drafts(db, caller).AsNoTracking().SingleOrDefaultAsync(one => one.DefinitionId == key, ct);
        var isInForce = await FirstOwner.IsInForceAsync(db, key, ct);
        if (draft is null && !isInForce)
        {
            return null;
        }

        var name = draft?.Name ?? (RuleName.Parse(key) is { } rule
            ? rule.Id
            : await db.Set<DefinitionRow>().Where(row => row.Id == key).OrderByDescending(row => row.Version).Select(row => row.Name).FirstOrDefaultAsync(ct)) ?? key;
        var changes = await rights.Changes(db, caller).AsNoTracking().Where(change => change.DefinitionId == key).OrderByDescending(change => change.AskedAt).ToListAsync(ct);
        var waiting = changes.Find(change => change.State == OwnerChangeState.Waiting);
        var hasAsked = waiting is not null && await Humans.AreOneAsync(db, caller.Subject, waiting.AskedBy, ct);
        return new OwnedItem(key, name, await DraftingRights.OwnerAsync(db, key, ct), isInForce, await rights.ReachAsync(db, caller, ct), changes) { Waiting = waiting, HasAsked = hasAsked };
    }

    /// <summary>What waits, as far as the caller may decide on it or asked for it; the oldest first.</summary>
    public async Task<IReadOnlyList<OwnerChange>> WaitingAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await rights.Changes(db, caller).AsNoTracking().Where(change => change.State == OwnerChangeState.Waiting).OrderBy(change => change.AskedAt).ToListAsync(ct);
    }
}

/// <param name="Changes">The newest first.</param>
public sealed record OwnedItem(string Key, string Name, DefinitionOwner Owner, bool IsInForce, DraftingReach Reach, IReadOnlyList<OwnerChange> Changes)
{
    public OwnerChange? Waiting { get; init; }

    /// <summary>By whichever account of theirs.</summary>
    public bool HasAsked { get; init; }

    public bool MayDraft => Reach.Held.Contains(Owner);

    /// <summary>To whom the caller could give it.</summary>
    public IReadOnlyList<DefinitionOwner> Others => [.. Reach.Held.Where(owner => owner != Owner)];
}
