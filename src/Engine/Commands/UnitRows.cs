using System.Text.Json;
using Assize.Engine.Instances;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>What a session's steps come to in the engine's tables.</summary>
internal static class UnitRows
{
    public static void Write(UnitSession session, WriteSet writes)
    {
        foreach (StepTaken step in session.Taken)
        {
            writes.Insert(Journal(session, writes, step));
        }
        foreach (string id in session.Taken.Select(t => t.After.Id).Distinct())
        {
            writes.Upsert(Instance(session.UnitId, session.Instances[id]));
        }
        foreach (WaitChange change in session.Opened)
        {
            writes.Upsert(Wait(session.UnitId, change, open: true));
        }
        foreach (WaitChange change in session.Closed)
        {
            writes.Upsert(Wait(session.UnitId, change, open: false));
        }
        foreach (WaitChange change in session.Changed)
        {
            writes.Upsert(Wait(session.UnitId, change, open: true));
        }
        if (!session.IsIsolated)
        {
            session.Burst.Raised.Write(writes);
        }
    }

    private static JournalRow Journal(UnitSession session, WriteSet writes, StepTaken step)
    {
        (Stimulus stored, PayloadRow? payload) = Payloads.Split(step.Stimulus, session.RecordedAt);
        if (payload is not null)
        {
            writes.Upsert(payload);
        }
        return new JournalRow
        {
            UnitId = session.UnitId,
            InstanceId = step.After.Id,
            Sequence = step.After.Sequence,
            RequestId = session.Command.Key,
            Kind = Kind(stored.Body),
            At = stored.Now,
            RecordedAt = session.RecordedAt,
            Actor = stored.Actor,
            Reason = stored.Reason,
            DefinitionId = step.After.DefinitionId,
            DefinitionVersion = step.After.DefinitionVersion,
            Stimulus = InstanceJson.Write(stored),
            PayloadDigest = payload?.Digest,
            Release = step.Before is null ? session.ReleaseOf(step.After.Id) : null,
            Notes = JsonSerializer.Serialize(step.Notes, NotesJson.Options),
        };
    }

    public static string Kind(StimulusBody body) => body switch
    {
        Start => "start",
        Resume => "resume",
        TimerDue => "timer",
        Cancel => "cancel",
        Retry => "retry",
        LimitExceeded => "limit",
        Reinstate => "reinstate",
        Migrate => "migrate",
        _ => throw new InvalidOperationException($"Expected a stimulus that the journal knows, but got {body.GetType().Name}"),
    };

    private static InstanceRow Instance(string unitId, InstanceState state) => new()
    {
        Id = state.Id,
        UnitId = unitId,
        ParentId = state.ParentId,
        DefinitionId = state.DefinitionId,
        DefinitionVersion = state.DefinitionVersion,
        Running = state.Status == InstanceStatus.Running,
        SubStatus = state.SubStatus.ToString(),
        Incidents = state.Incidents.Length,
        CorrelationId = state.CorrelationId,
        Name = state.Name,
        Sequence = state.Sequence,
        State = InstanceJson.Write(state),
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
        FinishedAt = state.FinishedAt,
    };

    private static WaitRow Wait(string unitId, WaitChange change, bool open) => new()
    {
        Id = change.Wait.Id,
        UnitId = unitId,
        InstanceId = change.Instance.Id,
        Kind = change.Wait.Kind.ToString(),
        ActivityId = change.Wait.ActivityId,
        Name = change.Wait.Name,
        Key = change.Wait.Key,
        Due = change.Wait.Due,
        Open = open,
        CreatedAt = change.Wait.CreatedAt,
    };
}
