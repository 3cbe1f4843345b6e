using System.Text.Json.Nodes;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Moments;

/// <summary>A copy of an instance in memory that nobody else sees, and that asks nobody anything.</summary>
/// <remarks>
/// Where the copy asks for an effect that the real instance has a reply to from the same step, it takes that reply; where there is none it stops and says so.
/// Paths that other instances go are not followed.
/// </remarks>
internal sealed class Fork(Rebuild rebuild, DbContext db, JournalRow row, InstanceState state, Dictionary<string, Resume> replies)
{
    private readonly List<string> _done = [];

    public InstanceState State { get; private set; } = state;
    public IReadOnlyList<string> Done => _done;
    public string? Stopped { get; private set; }

    public Task SayAsync(ForkAnswer answer, string requestId, CancellationToken ct)
    {
        Wait? wait = State.Waits.FirstOrDefault(x => x.Id == answer.WaitId);
        StimulusBody? body = wait?.Kind switch
        {
            WaitKind.Task => new Resume(wait.Id, WaitKind.Task, answer.Outcome, new JsonObject { ["fields"] = new JsonObject(), ["by"] = "what-if" }),
            WaitKind.Timer => new TimerDue(wait.Id),
            WaitKind.Event => new Resume(wait.Id, WaitKind.Event, null, new JsonObject()),
            _ => null,
        };
        if (body is null)
        {
            Stopped = "The copy waits for this no longer.";
            return Task.CompletedTask;
        }
        DateTimeOffset now = wait!.Kind == WaitKind.Timer && wait.Due > State.UpdatedAt ? wait.Due.Value : State.UpdatedAt;
        return TakeAsync(new Stimulus(requestId, now, "what-if", null, body), ct);
    }

    public async Task TakeAsync(Stimulus stimulus, CancellationToken ct)
    {
        await StepAsync(stimulus, ct);
        for (int i = 0; Stopped is null && State.Waits.FirstOrDefault(x => x.Kind == WaitKind.Reply) is { } asked; i++)
        {
            if (!replies.Remove(asked.ActivityId, out Resume? reply))
            {
                Stopped = "What follows depends on a reply that the real case never had, and the copy asks nobody.";
                return;
            }
            await StepAsync(stimulus with { RequestId = $"{stimulus.RequestId}-reply-{i + 1}", Body = reply with { WaitId = asked.Id } }, ct);
        }
    }

    private async Task StepAsync(Stimulus stimulus, CancellationToken ct)
    {
        try
        {
            switch (await rebuild.AdvanceAsync(db, State, row, stimulus, ct))
            {
                case Advanced advanced:
                    State = advanced.State;
                    _done.AddRange(advanced.Notes.Where(x => x.Event == "Completed").Select(x => x.ActivityId).Except(_done));
                    break;
                case Rejected rejected:
                    Stopped = rejected.Message;
                    break;
            }
        }
        catch (ScriptLimitExceeded)
        {
            Stopped = "A script took too long, and the copy was left where it was.";
        }
    }

    /// <summary>The newest reply that each step of the real instance had.</summary>
    public static async Task<Dictionary<string, Resume>> RepliesAsync(DbContext db, string instanceId, CancellationToken ct)
    {
        List<JournalRow> rows = await db.Set<JournalRow>().AsNoTracking().Where(x => x.InstanceId == instanceId && x.Kind == "resume").OrderBy(x => x.Sequence).ToListAsync(ct);
        Dictionary<string, Resume> replies = [];
        foreach ((JournalRow row, Stimulus stimulus) in await Rebuild.StimuliAsync(db, rows, ct))
        {
            if (stimulus.Body is Resume { Kind: WaitKind.Reply } reply && NotesJson.Read(row.Notes).FirstOrDefault(x => x.Event is "Resumed" or "Completed") is { } woken)
            {
                replies[woken.ActivityId] = reply;
            }
        }
        return replies;
    }
}

/// <param name="WaitId">Of the copy.</param>
/// <param name="Outcome">Of a task.</param>
public sealed record ForkAnswer(string WaitId, string? Outcome);

/// <param name="Real">The unit as it really stood after the entry.</param>
/// <param name="RealOutcome">What was really answered.</param>
/// <param name="State">Where the copy stands.</param>
/// <param name="Done">Steps that the copy completed since.</param>
/// <param name="Stopped">Why the copy cannot go on; null where it can, or has ended.</param>
public sealed record ForkedUnit(UnitMoment Real, string? RealOutcome, InstanceState State, IReadOnlyList<string> Done, string? Stopped);
