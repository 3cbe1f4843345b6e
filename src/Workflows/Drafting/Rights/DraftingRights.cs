using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>Who may draft, ask for, approve and release what. Asked inside the transaction of every command on definitions, after the roles; lists go through its filters.</summary>
public sealed class DraftingRights(IAccessEvaluator access, TimeProvider clock)
{
    /// <summary>The code of a refusal for want of a right.</summary>
    public const string Missing = "drafting-right-missing";

    private static readonly string[] s_roles = [.. ActionTable.RolesFor(AccessActions.DraftDefinition)];

    private static string National { get; } = DefinitionOwner.National.ToString();

    /// <summary>True where the caller is a process owner who holds the right for what belongs to this owner now.</summary>
    public Task<bool> MayDraftAsync(CaseDb db, Caller caller, DefinitionOwner owner, CancellationToken ct)
    {
        string name = owner.ToString();
        return Held(db, caller).AnyAsync(x => x.Owner == name, ct);
    }

    /// <summary>Null where the caller's roles allow the action at all; on what is asked next.</summary>
    public async Task<DraftRefused?> RefusalAsync(CaseDb db, Caller caller, string action, CancellationToken ct) =>
        await access.CheckAsync(db, caller, action, AccessTarget.None, ct) is { Allowed: false } denied ? new DraftRefused(denied.Code, denied.Reason) : null;

    /// <summary>Null where the caller may do the action on this workflow, form, table, calendar or code list; otherwise why not.</summary>
    /// <param name="key">A workflow's id, or a <see cref="Rules.RuleName"/> as text.</param>
    public async Task<DraftRefused?> RefusalAsync(CaseDb db, Caller caller, string action, string key, CancellationToken ct) =>
        await RefusalAsync(db, caller, action, ct) is { } denied ? denied
        : await Held(db, caller).AnyAsync(x => x.Owner == (db.OwnedDefinitions.Where(owned => owned.DefinitionId == key).Select(owned => owned.Owner).FirstOrDefault() ?? National), ct) ? null
        : Refusal(await OwnerAsync(db, key, ct));

    /// <summary>The same for what belongs to an owner that is known.</summary>
    public async Task<DraftRefused?> RefusalAsync(CaseDb db, Caller caller, string action, DefinitionOwner owner, CancellationToken ct) =>
        await RefusalAsync(db, caller, action, ct) ?? (await MayDraftAsync(db, caller, owner, ct) ? null : Refusal(owner));

    /// <summary>Null where the caller may do the action on what goes from one owner to the other, by a right of each.</summary>
    public async Task<DraftRefused?> RefusalAsync(CaseDb db, Caller caller, string action, DefinitionOwner from, DefinitionOwner to, CancellationToken ct) =>
        await RefusalAsync(db, caller, action, from, ct) ?? (await MayDraftAsync(db, caller, to, ct) ? null
            : new DraftRefused(Missing, $"This would belong to {to.Words}, and you hold no drafting right for that. Nothing was changed. Whoever holds the rights of both can do it."));

    public static async Task<DefinitionOwner> OwnerAsync(CaseDb db, string key, CancellationToken ct) =>
        DefinitionOwner.Parse(await db.OwnedDefinitions.Where(x => x.DefinitionId == key).Select(x => x.Owner).SingleOrDefaultAsync(ct)) ?? DefinitionOwner.National;

    /// <summary>The rights that the caller holds now: none without a live role of a process owner, nor from before they left or changed posts.</summary>
    public IQueryable<DraftingRight> Held(CaseDb db, Caller caller)
    {
        DateTimeOffset now = clock.GetUtcNow();
        GrantReach reach = new(db, caller, s_roles, now);
        IQueryable<Person> asker = reach.Asker();
        IQueryable<HomeRole> roles = reach.HomeRoles();
        return db.DraftingRights.Where(x => x.Subject == caller.Subject && x.State == DraftingRightState.Given && x.From <= now && (x.To == null || now < x.To)
            && roles.Any() && asker.Any(me => (me.LeftAt == null || x.DecidedAt > me.LeftAt) && (me.MovedAt == null || x.DecidedAt > me.MovedAt)));
    }

    /// <summary>All that the caller may draft, for what they are shown.</summary>
    public async Task<DraftingReach> ReachAsync(CaseDb db, Caller caller, CancellationToken ct)
    {
        List<string> held = await Held(db, caller).Select(x => x.Owner).Distinct().ToListAsync(ct);
        List<OwnedDefinition> owned = await db.OwnedDefinitions.AsNoTracking().ToListAsync(ct);
        return new DraftingReach(
            [.. held.Select(DefinitionOwner.Parse).OfType<DefinitionOwner>().OrderByDescending(x => x.IsNational).ThenBy(x => x.ToString(), StringComparer.Ordinal)],
            owned.ToDictionary(x => x.DefinitionId, x => DefinitionOwner.Parse(x.Owner) ?? DefinitionOwner.National));
    }

    /// <summary>The drafts that the caller may see and change.</summary>
    public IQueryable<WorkflowDraft> Drafts(CaseDb db, Caller caller)
    {
        IQueryable<DraftingRight> held = Held(db, caller);
        return db.Drafts.Where(draft => held.Any(x => x.Owner == (db.OwnedDefinitions.Where(owned => owned.DefinitionId == draft.DefinitionId).Select(owned => owned.Owner).FirstOrDefault() ?? National)));
    }

    /// <summary>The requests that the caller may see: those on which their rights let them decide, and their own.</summary>
    public IQueryable<PublicationRequest> Requests(CaseDb db, Caller caller)
    {
        IQueryable<DraftingRight> held = Held(db, caller);
        return db.PublicationRequests.Where(request => request.RequestedBy == caller.Subject
            || held.Any(x => x.Owner == (db.OwnedDefinitions.Where(owned => owned.DefinitionId == request.DefinitionId).Select(owned => owned.Owner).FirstOrDefault() ?? National)));
    }

    /// <summary>The changes of owner that the caller may see: those on which their rights let them decide, and their own.</summary>
    public IQueryable<OwnerChange> Changes(CaseDb db, Caller caller)
    {
        IQueryable<DraftingRight> held = Held(db, caller);
        return db.OwnerChanges.Where(change => change.AskedBy == caller.Subject || (held.Any(x => x.Owner == change.From) && held.Any(x => x.Owner == change.To)));
    }

    private static DraftRefused Refusal(DefinitionOwner owner) =>
        new(Missing, $"This belongs to {owner.Words}, and you hold no drafting right for that. Nothing was changed. {(owner.Agency is null ? "The platform's administrators" : "The agency's administrators")} can give it to you.");
}
