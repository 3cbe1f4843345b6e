using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Operations;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Migrating;

/// <summary>Plans the migration of open cases from a rehearsal of the published version, and begins it; or takes one back.</summary>
public sealed class BeginMigration(DraftingRights rights, RuleCatalog rules, TimeProvider clock)
{
    public const string Name = "migration";

    public async Task<MigrationAnswer> RunAsync(CaseDb db, Caller caller, string rehearsalId, StepMapping mapping, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.MigrateCases, ct) is { } denied)
        {
            return new MigrationAnswer(null, denied.Code, denied.Message);
        }
        if (await db.Rehearsals.AsNoTracking().SingleOrDefaultAsync(x => x.Id == rehearsalId, ct) is not { } rehearsal)
        {
            return new MigrationAnswer(null, "rehearsal-not-found", "There is no such rehearsal. Rehearse the version first.");
        }
        if (await PlannedAsync(db, rehearsal, mapping, ct) is { } refused)
        {
            return refused;
        }
        MigrationAnswer answer = await BeginAsync(db, caller, new Plan(rehearsal.DefinitionId, rehearsal.Version, rehearsalId, MappingJson.Write(mapping), Reverses: null), ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    public async Task<MigrationAnswer> ReverseAsync(CaseDb db, Caller caller, string migrationId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.MigrateCases, ct) is { } denied)
        {
            return new MigrationAnswer(null, denied.Code, denied.Message);
        }
        if (await db.Migrations.AsNoTracking().SingleOrDefaultAsync(x => x.Id == migrationId, ct) is not { Reverses: null } forth)
        {
            return new MigrationAnswer(null, "migration-not-found", "There is no such migration to take back.");
        }
        if (await db.Operations.AnyAsync(x => x.Id == migrationId && OperationState.Open.Contains(x.State), ct))
        {
            return new MigrationAnswer(null, "migration-running", "The migration still goes on. Cancel it or wait until it has ended, and then take it back. Nothing was changed.");
        }
        MigrationAnswer answer = await BeginAsync(db, caller, new Plan(forth.DefinitionId, forth.Version, forth.RehearsalId, forth.Mapping, forth.Id), ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    private async Task<MigrationAnswer?> PlannedAsync(CaseDb db, WorkflowRehearsal rehearsal, StepMapping mapping, CancellationToken ct)
    {
        if (!await db.Operations.AnyAsync(x => x.Id == rehearsal.Id && x.State == OperationState.Completed, ct))
        {
            return new MigrationAnswer(null, "rehearsal-not-over", "The rehearsal has not ended, so there is no plan yet. Nothing was changed.");
        }
        string? text = await PublishedVersions.TextAsync(db, rehearsal.DefinitionId, rehearsal.Version, ct);
        if (text is null || DefinitionHash.Of(text) != rehearsal.Hash)
        {
            return new MigrationAnswer(null, "not-published", $"Version {rehearsal.Version} is not published as it was rehearsed. Cases move to published versions only. Nothing was changed.");
        }
        PlannedVersions planned = await PlannedVersions.ReadAsync(db, rehearsal, ct);
        await rules.FollowAsync(db, ct);
        IReadOnlyList<StatutoryStep> required = RequiredKept.Of(rules.Newest(StatutorySteps.Kind, StatutorySteps.Required) as StatutorySteps, rehearsal.DefinitionId, from: null);
        IReadOnlyList<string> problems =
        [
            .. MappingCheck.Of(mapping, planned.Targets, planned.Olds),
            .. LawfulMapping.Problems(mapping, required),
        ];
        return problems.Count == 0 ? null : new MigrationAnswer(null, "mapping-invalid", "The mapping does not fit the versions. Nothing was changed.") { Problems = problems };
    }

    private async Task<MigrationAnswer> BeginAsync(CaseDb db, Caller caller, Plan plan, CancellationToken ct)
    {
        if (await rights.RefusalAsync(db, caller, AccessActions.MigrateCases, plan.DefinitionId, ct) is { } denied)
        {
            return new MigrationAnswer(null, denied.Code, denied.Message);
        }
        if (await PlannedCases.BesideAsync(db, plan.DefinitionId, PlannedCases.Of(db, plan.RehearsalId, plan.Reverses), ct) is not { } others)
        {
            return Running;
        }
        // Of two who begin at once and do not see each other both take the same name, and one of them does not get it.
        string about = Names(plan.DefinitionId).First(x => !others.Contains(x));
        DateTimeOffset now = DraftAudit.Now(clock);
        TrackedOperation operation = await BeginOperation.AddAsync(db, caller, Name, about, new { plan.RehearsalId, plan.Reverses }, AccessActions.MigrateCases, now, ct);
        db.Add(new WorkflowMigration
        {
            Id = operation.Id,
            DefinitionId = plan.DefinitionId,
            Version = plan.Version,
            RehearsalId = plan.RehearsalId,
            Mapping = plan.Mapping,
            Reverses = plan.Reverses,
            StartedBy = caller.Subject,
            StartedByName = caller.DisplayName,
            Agency = caller.Agency,
            CreatedAt = now,
        });
        DraftAudit.Record(db, caller, AccessActions.MigrateCases, plan.DefinitionId, now, new { migration = operation.Id, plan.Version, plan.RehearsalId, plan.Mapping, plan.Reverses });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Of two who begin at once one is told so.
            return Running;
        }
        return new MigrationAnswer(operation.Id);
    }

    private static IEnumerable<string> Names(string workflow) => Enumerable.Range(1, int.MaxValue).Select(x => FormattableString.Invariant($"definition:{workflow}{(x == 1 ? "" : $" ({x})")}"));

    private static MigrationAnswer Running => new(null, "migration-running", "Some of these cases are being migrated now. Wait until that has ended, or cancel it. Nothing was changed.");

    private sealed record Plan(string DefinitionId, int Version, string RehearsalId, string Mapping, string? Reverses);
}

/// <summary>The migration that begins; or a code and words where it was refused.</summary>
public sealed record MigrationAnswer(string? Id, string? Code = null, string? Message = null)
{
    public IReadOnlyList<string> Problems { get; init; } = [];
}
