using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Releasing;
using Assize.Workflows.Tasks;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>Migrates the cases of a plan, each by a command of its own under its lock, and writes down which moved and why others did not.</summary>
/// <remarks>A batch that is done again finds the answers that its commands gave: nothing moves twice.</remarks>
public sealed class MigrateCases(UnitRunner runner, RuleCatalog rules, IAccessEvaluator access, CaseDatabase database, TimeProvider clock)
{
    private const int BatchSize = 100;

    // Who begins a request is the migration, whatever its number of tries.
    private const string Client = "migration";

    // For what is known of holders: they ask for nothing, so that nothing is refused and noted.
    private readonly AccessEvaluator _people = new(clock);

    public OperationKind Kind => new(BeginMigration.Name, AdvanceAsync, (_, _, _) => Task.CompletedTask);

    private async Task<OperationProgress> AdvanceAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        WorkflowMigration migration = await db.Migrations.SingleAsync(x => x.Id == operation.Id, ct);
        IQueryable<string> planned = PlannedCases.Of(db, migration.RehearsalId, migration.Reverses);
        long total = operation.Total ?? await planned.CountAsync(ct);
        string after = operation.Cursor ?? "";
        List<string> units = await planned.Where(x => x.CompareTo(after) > 0).OrderBy(x => x).Take(BatchSize).ToListAsync(ct);
        if (units.Count == 0)
        {
            return new OperationProgress(operation.Cursor, operation.Done, operation.Done, JsonSerializer.Serialize(new Dictionary<string, int> { ["Moved"] = migration.Moved, ["Left as they were"] = migration.Skipped }));
        }
        await rules.FollowAsync(db, ct);
        Dictionary<string, NewInstance> cases = await db.Cases.Where(x => units.Contains(x.Id)).Select(x => new NewInstance(x.LegalDate, x.Area, x.CourtOu, x.OwnerAgency, x.Id)).ToDictionaryAsync(x => x.UnitId, ct);
        foreach (string unit in units)
        {
            MigratedCase done = await TryAsync(db, migration, unit, cases.GetValueOrDefault(unit), ct);
            db.Add(done);
            (migration.Moved, migration.Skipped) = done.Moved ? (migration.Moved + 1, migration.Skipped) : (migration.Moved, migration.Skipped + 1);
        }
        return new OperationProgress(units[^1], operation.Done + units.Count, total);
    }

    private async Task<MigratedCase> TryAsync(CaseDb db, WorkflowMigration migration, string unit, NewInstance? asked, CancellationToken ct)
    {
        (string Code, string Message)? refused;
        try
        {
            refused = await MoveAsync(db, migration, unit, asked, ct);
        }
        catch (Exception failure) when (BrokenCase.Is(failure))
        {
            refused = ("could-not-move", $"It could not be moved, and is as it was. {BrokenCase.Why(failure)}");
        }
        return new MigratedCase { MigrationId = migration.Id, UnitId = unit, Moved = refused is null, Code = refused?.Code, Words = refused?.Message };
    }

    private async Task<(string Code, string Message)?> MoveAsync(CaseDb db, WorkflowMigration migration, string unit, NewInstance? asked, CancellationToken ct)
    {
        // A case of a force or area keeps what is done otherwise there.
        int version = asked is not null && migration.Version > 0 ? await rules.EffectiveAsync(db, migration.DefinitionId, migration.Version, asked, ct) : migration.Version;
        DefinitionUse use = (await rules.UseAsync(db, migration.DefinitionId, version, ct))!;
        await using CaseDb own = database.CreateDbContext();
        return await runner.RunAsync(own, Command(migration, unit, use), ct) switch
        {
            Refused { Code: "needs-mapping" } no when IsCut(migration, asked) => (no.Code, $"{no.Message} The law of its day requires a step that the mapping names, so nothing is decided about that step."),
            Refused no => (no.Code, no.Message),
            KeyReused => ("request-reused", "The case was asked something else under this migration's name."),
            _ => null,
        };
    }

    private UnitCommand Command(WorkflowMigration migration, string unit, DefinitionUse use)
    {
        StepMapping mapping = MappingJson.Read(migration.Mapping);
        Caller caller = new(migration.StartedBy, migration.Agency, [], migration.StartedByName, false, Client);
        return new UnitCommand
        {
            RequestId = RequestOf(migration.Id, unit),
            Caller = Client,
            BodyDigest = migration.Id,
            Actor = migration.StartedBy,
            Reason = $"Migration to version {migration.Version}",
            Now = clock.GetUtcNow(),
            Unit = UnitAddress.Existing(unit),
            Check = async (session, stop) => await access.CheckAsync((CaseDb)session.Db, caller, AccessActions.MigrateCases, AccessTarget.None, stop) is { Allowed: false } denied
                ? new Rejection(denied.Code, denied.Reason)
                : null,
            Load = LaneChanges.Load,
            Steps = [migration.Reverses is { } forth
                ? new ReverseMigrationStep($"{Client}/{RequestOf(forth, unit)}")
                : new MigrateStep(migration.DefinitionId, use.Version, session => LawfulMapping.Of(mapping, Required(migration.DefinitionId, DayOf(session))), (session, then) => RehearsalPins.Of(rules, use, then, DayOf(session)))],
            Record = async (session, stop) =>
            {
                await new LaneChanges(_people, caller, migration.Id).SettleAsync(session, migration.Reverses is not null, stop);
                AuditLog.Record(session, caller, AccessActions.MigrateCases, "case", unit, JsonSerializer.Serialize(new { migration = migration.Id, migration.Version, migration.Reverses }));
                return null;
            },
        };
    }

    private bool IsCut(WorkflowMigration migration, NewInstance? asked) =>
        asked is not null && LawfulMapping.IsCut(MappingJson.Read(migration.Mapping), Required(migration.DefinitionId, asked.Day));

    private IEnumerable<string> Required(string workflow, DateOnly day) =>
        ((rules.Newest(StatutorySteps.Kind, StatutorySteps.Required) as StatutorySteps)?.Steps ?? []).Where(x => x.Workflow == workflow && x.IsInForce(day)).Select(x => x.Step);

    private static string RequestOf(string migrationId, string unit) => $"{migrationId}/{unit}";

    private static DateOnly DayOf(UnitSession session) => SessionCase.Of(session)?.LegalDate ?? London.Day(session.Now);
}
