using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;

namespace Assize.Workflows.Tasks;

/// <summary>Ends the claims on tasks that a migration gives to lanes their holders are not in: else nobody could do, or release, them. Taking it back gives them again.</summary>
/// <param name="by">Whoever migrates.</param>
internal sealed class LaneChanges(AccessEvaluator access, Caller by, string migrationId)
{
    public static void Load(UnitLoad load) => load.Many<WorkTask>($"t.unit_id = {load.UnitId} AND t.state IN ('{TaskState.Open}', '{TaskState.Claimed}')");

    /// <param name="reverses">Whether a migration is taken back: nothing was stepped since, so what a task remembers is of that one.</param>
    public async Task SettleAsync(UnitSession session, bool reverses, CancellationToken ct)
    {
        Dictionary<string, WorkTask> before = session.Many<WorkTask>().ToDictionary(x => x.Id);
        foreach (Wait wait in session.Changed.Select(x => x.Wait).Where(x => x.Kind == WaitKind.Task && before.ContainsKey(x.Id)))
        {
            WorkTask task = before[wait.Id];
            (string Agency, string Role) lane = TaskRows.LaneOf(wait);
            if (lane != (task.LaneAgency, task.LaneRole))
            {
                await SettleAsync(session, task, lane, reverses, ct);
            }
        }
    }

    private async Task SettleAsync(UnitSession session, WorkTask task, (string Agency, string Role) lane, bool reverses, CancellationToken ct)
    {
        LaneClaim? held = task.Assignee is { } holder ? new LaneClaim(holder, task.ClaimedAt!.Value) : null;
        bool goesOn = await IsInAsync(session, held, task, lane, ct);
        LaneClaim? former = reverses && !goesOn ? LaneClaim.Read(task.Undo) : null;
        LaneClaim? next = goesOn ? held : await IsInAsync(session, former, task, lane, ct) ? former : null;
        string? undo = reverses || goesOn ? null : held?.Write();
        if (next == held && undo == task.Undo)
        {
            return;
        }
        session.Also(
            "UPDATE work_task SET state = @state, assignee = @assignee, claimed_at = @claimed, undo = @undo WHERE id = @task",
            ("@state", next is null ? TaskState.Open : TaskState.Claimed), ("@assignee", next?.Assignee), ("@claimed", next?.ClaimedAt), ("@undo", undo), ("@task", task.Id));
        if (held is not null && !goesOn)
        {
            Record(session, AccessActions.ReleaseTask, task, held);
        }
        if (former is not null && next == former)
        {
            Record(session, AccessActions.ClaimTask, task, former);
        }
    }

    // By the gates alone: how well somebody is signed in who is not even asking says nothing of their lane.
    private async Task<bool> IsInAsync(UnitSession session, LaneClaim? claim, WorkTask task, (string Agency, string Role) lane, CancellationToken ct)
    {
        if (claim is null)
        {
            return false;
        }
        AccessTarget target = AccessTarget.Task(task.Id);
        AccessFacts facts = await access.FactsAsync(session.Db, claim.Assignee, target, ct);
        Caller holder = new(claim.Assignee, lane.Agency, [], "", facts.Person?.IsSystem ?? false, "");
        return AccessRules.Decide(holder, AccessActions.ReleaseTask, target, facts).Verdict?.Sufficient.Any(grant => grant.Role == lane.Role) == true;
    }

    private void Record(UnitSession session, string action, WorkTask task, LaneClaim claim) =>
        AuditLog.Record(session, by, action, "task", task.Id, JsonSerializer.Serialize(new { migration = migrationId, holder = claim.Assignee }));
}

/// <summary>Who had taken a task, and since when.</summary>
internal sealed record LaneClaim(string Assignee, DateTimeOffset ClaimedAt)
{
    private const string Member = "claim";

    /// <summary>JSON text, to be kept with the task.</summary>
    public string Write() => JsonSerializer.Serialize(new Dictionary<string, LaneClaim> { [Member] = this });

    public static LaneClaim? Read(string? undo) => undo is null ? null : JsonSerializer.Deserialize<Dictionary<string, LaneClaim>>(undo)!.GetValueOrDefault(Member);
}
