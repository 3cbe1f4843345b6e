using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>Takes back the request that closed this wait, as long as nothing has been built on it.</summary>
public sealed record ReinstateStep(string WaitId) : UnitStep
{
    private const string Begun = "begun";

    internal override void Load(UnitLoad load)
    {
        load.Many<JournalRow>($"t.unit_id = {load.UnitId} ORDER BY t.position");
        load.Many<OutboxRow>($"t.unit_id = {load.UnitId}");
        load.Many<EventRow>($"t.unit_id = {load.UnitId} ORDER BY t.at, t.id");
        load.Text(Begun, $"SELECT COALESCE(string_agg(r.id, ' '), '') FROM engine_request r JOIN engine_journal j ON r.id = 'made-unit/' || j.request_id WHERE j.unit_id = {load.UnitId}");
    }

    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        IReadOnlyList<JournalRow> journal = session.Many<JournalRow>();
        if (journal.LastOrDefault(Closes) is not { } wrong)
        {
            return new Rejection("wait-not-found", $"Expected a completion of {WaitId} to take back, but there is none");
        }
        List<JournalRow> taken = [.. journal.Where(j => j.RequestId == wrong.RequestId)];
        List<OutboxRow> sent = [.. session.Many<OutboxRow>().Where(o => o.RequestId == wrong.RequestId)];
        if (Objection(journal, taken, sent) is { } objection)
        {
            return objection;
        }
        if (session.Text(Begun)!.Split(' ').Contains(UnitSession.MadeBy(wrong.RequestId)))
        {
            return new Rejection("unit-begun", "Expected the completion to have begun nothing of its own elsewhere, but it opened a case: use a correction step");
        }
        foreach (OutboxRow message in sent)
        {
            message.State = OutboxState.Withdrawn;
            session.Write(message);
        }
        session.Burst.Events.Undo(wrong.RequestId, session.Many<EventRow>());
        foreach (IGrouping<string, JournalRow> steps in taken.GroupBy(j => j.InstanceId))
        {
            if (await TakeBackAsync(session, steps.Key, steps.Min(s => s.Sequence), journal, ct) is { } rejection)
            {
                return rejection;
            }
        }
        return null;
    }

    private bool Closes(JournalRow row) =>
        row.Stimulus.Contains(WaitId, StringComparison.Ordinal) && Instead(InstanceJson.ReadStimulus(row.Stimulus).Body) is Resume resume && resume.WaitId == WaitId;

    private static StimulusBody Instead(StimulusBody body) => body is LimitExceeded limit ? Instead(limit.Instead) : body;

    private static Rejection? Objection(IReadOnlyList<JournalRow> journal, List<JournalRow> taken, List<OutboxRow> sent)
    {
        if (journal.Any(j => j.Position > taken[0].Position && j.RequestId != taken[0].RequestId))
        {
            return new Rejection("acted-since", "Expected nothing to have happened since, but the case has moved on: use a correction step");
        }
        return sent.Any(o => o.Attempts > 0)
            ? new Rejection("message-delivered", "Expected no message of the completion to have gone out, but one was delivered: use a correction step")
            : null;
    }

    private static async Task<Rejection?> TakeBackAsync(UnitSession session, string instanceId, long first, IReadOnlyList<JournalRow> journal, CancellationToken ct)
    {
        if (first == 1)
        {
            // What the completion began cannot be unbegun: it ends, and nobody waits for it any more.
            return session.Instances.TryGetValue(instanceId, out InstanceState? begun) && begun.Status == InstanceStatus.Running
                ? await session.Burst.TakeNowAsync(instanceId, new Cancel(), ct)
                : null;
        }
        if (!session.Instances.ContainsKey(instanceId))
        {
            session.Adopt(await session.Db.Set<InstanceRow>().AsNoTracking().SingleAsync(i => i.Id == instanceId, ct));
        }
        CommandWork work = session.Burst.Work;
        Rebuild rebuild = new(work.Definitions, work.Owner.ResourcesAsync);
        List<JournalRow> before = [.. journal.Where(j => j.InstanceId == instanceId && j.Sequence < first).OrderBy(j => j.Sequence)];
        InstanceState state = (await rebuild.FoldAsync(session.Db, before, ct))!;
        return await session.Burst.TakeNowAsync(instanceId, new Reinstate(first - 1, InstanceJson.ToJson(state)), ct);
    }
}
