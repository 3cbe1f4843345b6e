using Assize.Engine.Stepping;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Releasing;

/// <summary>When the first day of a release comes, events and clocks begin its version from then on.</summary>
public sealed class FollowReleases(RuleCatalog rules)
{
    /// <param name="business">Business now.</param>
    public async Task RunAsync(CaseDb db, DateTimeOffset business, CancellationToken ct)
    {
        await rules.FollowAsync(db, ct);
        IReadOnlyDictionary<string, int> standing = await PublishedVersions.TriggeredAsync(db, ct);
        foreach ((string id, ReleasePlan plan) in rules.Plans)
        {
            if (plan.WithoutCase(London.Day(business)) is { } release && standing.GetValueOrDefault(id) != release.Version
                && (standing.ContainsKey(id) || await BeginsBySomethingAsync(db, release, business, ct)))
            {
                await BeginAsync(db, id, business, ct);
            }
        }
    }

    private async Task<bool> BeginsBySomethingAsync(CaseDb db, WorkflowRelease release, DateTimeOffset business, CancellationToken ct) =>
        await rules.DrawnAsync(db, release.DefinitionId, release.Version, ct) is { } drawn && !StartTriggers.Read(drawn, business).Triggers.IsEmpty;

    private static async Task BeginAsync(CaseDb db, string definitionId, DateTimeOffset business, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        ReleaseBook book = await ReleaseBook.OpenAsync(db, definitionId, ct);
        await PublishedVersions.BeginAsync(db, definitionId, book.Plan, business, ct);
        await transaction.CommitAsync(ct);
    }
}
