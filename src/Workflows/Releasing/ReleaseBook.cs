using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Releasing;

/// <summary>All releases of one workflow, in the transaction that changes them. Whoever opens it has taken the catalogue's row, so nobody else does meanwhile.</summary>
internal sealed class ReleaseBook
{
    private readonly CaseDb _db;
    private readonly string _definitionId;
    private readonly List<WorkflowRelease> _all;
    private readonly HashSet<int> _versions;
    private readonly ReleaseScope _whole;

    private ReleaseBook(CaseDb db, string definitionId, List<WorkflowRelease> all, HashSet<int> versions, ReleaseScope whole) =>
        (_db, _definitionId, _all, _versions, _whole) = (db, definitionId, all, versions, whole);

    public bool IsEmpty => _all.Count == 0;

    public ReleasePlan Plan => new(_all.Where(x => x.State == ReleaseState.Live && _versions.Contains(x.Version)), _whole);

    public static async Task<ReleaseBook> OpenAsync(CaseDb db, string definitionId, CancellationToken ct) => new(
        db, definitionId,
        await db.Releases.Where(x => x.DefinitionId == definitionId).OrderBy(x => x.Number).ToListAsync(ct),
        [.. await PublishedVersions.LiveNumbersAsync(db, definitionId, ct)],
        (await DraftingRights.OwnerAsync(db, definitionId, ct)).Scope);

    public WorkflowRelease? Find(int number) => _all.Find(x => x.Number == number);

    /// <summary>Enters a release, or says why it may not be.</summary>
    /// <param name="today">Business today: where the terms name no day, it begins then.</param>
    public (WorkflowRelease? Entered, string? Refusal) Enter(ReleaseAsked asked, DateOnly today)
    {
        ReleaseTerms terms = asked.Terms;
        DateOnly? from = IsEmpty || asked.HasNoStart ? null : terms.From ?? today;
        if (IsEmpty && (terms.Scope != _whole || terms.Percent < 100))
        {
            return (null, $"The first release of a workflow is for every case of its owner: otherwise some would have no version to take. Release it {In(_whole)}, and narrow what comes after.");
        }
        WorkflowRelease? same = Plan.Same(terms.Scope, from, terms.Percent);
        if (same is not null && !terms.TakesPlace && same.Version != asked.Version)
        {
            return (null, $"{ReleaseWords.Name(same)} is for the same cases from the same day as this one, of version {asked.Version}: a case could take either. "
                + "Choose another day, or say that this one takes its place.");
        }
        if (Plan.Crossing(terms.Scope, from) is { } crossing)
        {
            return (null, $"{ReleaseWords.Name(crossing)} and this one, of version {asked.Version}, {ReleaseWords.Where(terms.Scope)}, are for some of the same cases, and neither is narrower. "
                + $"Release first what cases of both take ({ReleaseWords.Where(terms.Scope.And(crossing.Scope)!)}).");
        }
        if (same is not null)
        {
            same.State = ReleaseState.Replaced;
        }
        WorkflowRelease release = New(asked, from, same?.Number);
        _all.Add(release);
        _versions.Add(asked.Version);
        _db.Add(release);
        return (release, null);
    }

    /// <summary>Ends a release for new cases; one whose place it had taken comes back.</summary>
    public void End(WorkflowRelease release, string by, DateTimeOffset now, string reason)
    {
        release.State = ReleaseState.Stopped;
        (release.EndedByName, release.EndedAt, release.EndedReason) = (by, now, reason);
        if (release.Replaces is { } number && Find(number) is { State: ReleaseState.Replaced } before)
        {
            before.State = ReleaseState.Live;
        }
    }

    /// <summary>Ends every release of a version that is retracted.</summary>
    public void Retract(int version, string by, DateTimeOffset now)
    {
        _versions.Remove(version);
        foreach (WorkflowRelease release in _all.Where(x => x.Version == version && x.State == ReleaseState.Live).OrderByDescending(x => x.Number).ToList())
        {
            End(release, by, now, $"Version {version} was retracted.");
        }
    }

    private static string In(ReleaseScope scope) => scope == ReleaseScope.Everywhere ? ReleaseWords.Where(scope) : $"for {ReleaseWords.Where(scope)}";

    private WorkflowRelease New(ReleaseAsked asked, DateOnly? from, int? replaces) => new()
    {
        DefinitionId = _definitionId,
        Number = _all.Count == 0 ? 1 : _all.Max(x => x.Number) + 1,
        Version = asked.Version,
        EffectiveFrom = from,
        Area = asked.Terms.Area,
        Court = asked.Terms.Court,
        Force = asked.Terms.Force,
        Share = asked.Terms.Percent,
        IncidentLimit = asked.Terms.IncidentLimit,
        LateLimit = asked.Terms.LateLimit,
        Replaces = replaces,
        State = ReleaseState.Live,
        RequestId = asked.RequestId,
        Note = asked.Note,
        AskedByName = asked.AskedByName,
        ApprovedByName = asked.ApprovedByName,
        ApprovedAt = asked.ApprovedAt,
    };
}

/// <param name="HasNoStart">True where it takes the place of a first release, which has no first day either.</param>
internal sealed record ReleaseAsked(
    int Version, ReleaseTerms Terms, string? RequestId, string? Note, string AskedByName, string ApprovedByName, DateTimeOffset ApprovedAt, bool HasNoStart = false);
