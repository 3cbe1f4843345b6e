using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Assize.Workflows.Releasing;

/// <summary>The live releases of one workflow, and which of them a new instance takes. Pure: the same question gets the same answer on every host.</summary>
/// <param name="whole">The cases that have to have a version: all, unless the workflow belongs to an agency or an area.</param>
public sealed class ReleasePlan(IEnumerable<WorkflowRelease> live, ReleaseScope? whole = null)
{
    private const int Parts = 10_000;

    /// <summary>Whichever comes first and fits is taken: the narrower before the wider, then the later day, then the later number.</summary>
    public ImmutableArray<WorkflowRelease> Releases { get; } = [.. live
        .OrderByDescending(x => x.Scope.Narrowness).ThenByDescending(x => x.EffectiveFrom ?? DateOnly.MinValue).ThenByDescending(x => x.Number)];

    /// <summary>A case outside the share of a release goes on to the next one.</summary>
    public WorkflowRelease? Choose(NewInstance asked) =>
        Releases.FirstOrDefault(x => (x.EffectiveFrom is null || x.EffectiveFrom <= asked.Day) && x.Scope.Covers(asked) && IsInShare(asked.UnitId, x.Share));

    /// <summary>What an event or a clock begins: it has neither case nor court nor force, and no share takes it, since its id comes only with its start.</summary>
    public WorkflowRelease? WithoutCase(DateOnly today) =>
        Releases.FirstOrDefault(x => x.Scope == ReleaseScope.Everywhere && x.Share == 100 && (x.EffectiveFrom is null || x.EffectiveFrom <= today));

    /// <summary>The versions that cases of some day can take, from this one on; of any day where it is null.</summary>
    public IEnumerable<int> VersionsFrom(DateOnly? day) => Releases
        .Where((release, index) => !Releases.Take(index).Any(x => x.Share == 100 && release.Scope.IsWithin(x.Scope) && (x.EffectiveFrom is null || x.EffectiveFrom <= day)))
        .Select(x => x.Version).Distinct();

    /// <summary>True where some release takes whatever no other takes.</summary>
    public bool CoversEverything => Releases.Any(IsForAll);

    public static bool IsInShare(string unitId, int share) =>
        share >= 100 || BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(unitId))) % Parts < share * (Parts / 100);

    /// <summary>A release for the same cases from the same day, of which a new one of these terms takes the place or with which it ties.</summary>
    public WorkflowRelease? Same(ReleaseScope scope, DateOnly? from, int share) =>
        Releases.FirstOrDefault(x => x.Scope == scope && x.EffectiveFrom == from && (share == 100 || x.Share < 100));

    /// <summary>A release that some case could take as well as one of this scope, neither being narrower, with nothing between that decides.</summary>
    public WorkflowRelease? Crossing(ReleaseScope scope, DateOnly? from) => Releases.FirstOrDefault(x =>
        !x.Scope.IsWithin(scope) && !scope.IsWithin(x.Scope) && x.Scope.And(scope) is { } both
        && !Releases.Any(between => between.Share == 100 && both.IsWithin(between.Scope) && between.Scope.IsWithin(scope) && between.Scope.IsWithin(x.Scope)
            && (between.EffectiveFrom ?? DateOnly.MinValue) <= Later(from, x.EffectiveFrom)));

    private bool IsForAll(WorkflowRelease release) => release is { EffectiveFrom: null, Share: 100 } && release.Scope == (whole ?? ReleaseScope.Everywhere);

    private static DateOnly Later(DateOnly? one, DateOnly? other) => (one ?? DateOnly.MinValue) > (other ?? DateOnly.MinValue) ? one!.Value : other ?? DateOnly.MinValue;
}
