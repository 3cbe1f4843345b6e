using Assize.Engine.Instances;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>Gives every instance that a request migrated the state that it had, as long as none of them has advanced since.</summary>
/// <param name="RequestKey">Of the migration: caller and request id.</param>
public sealed record ReverseMigrationStep(string RequestKey) : UnitStep
{
    internal override void Load(UnitLoad load) => UnitJournal.Load(load);

    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        IReadOnlyList<JournalRow> rows = session.Many<JournalRow>();
        List<JournalRow> migrated = [.. rows.Where(j => j.RequestId == RequestKey && j.Kind == "migrate")];
        if (migrated.Count == 0)
        {
            return new Rejection("not-migrated", "The case was not migrated by this migration.");
        }
        foreach (JournalRow row in migrated)
        {
            if (rows.Any(j => j.InstanceId == row.InstanceId && j.Sequence > row.Sequence))
            {
                return new Rejection("acted-since", "The case has gone on since. Plan a migration to the version before.");
            }
            InstanceState before = (await new Rebuild(session.Burst.Work.Definitions, session.Burst.Work.Owner.ResourcesAsync)
                .FoldAsync(session.Db, [.. rows.Where(j => j.InstanceId == row.InstanceId && j.Sequence < row.Sequence).OrderBy(j => j.Sequence)], ct))!;
            Migrate back = new(before.DefinitionVersion, InstanceJson.ToJson(before), Trace.Empty, StepMapping.None, Reverses: true);
            if (await session.Burst.TakeNowAsync(row.InstanceId, back, ct) is { } rejection)
            {
                return rejection;
            }
        }
        return null;
    }
}
