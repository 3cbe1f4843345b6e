using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;

namespace Assize.Engine.Tests.Commands;

/// <summary>Plays random steps on a unit through its commands.</summary>
internal static class RandomUnit
{
    /// <summary>Takes a step for each throw, until nothing runs or nothing can wake it.</summary>
    public static async Task PlayAsync(UnitHarness unit, string unitId, IEnumerable<int> throws, Func<Task>? after = null)
    {
        foreach (int dice in throws)
        {
            List<InstanceState> running = [.. (await unit.RowsAsync<InstanceRow>())
                .Where(i => i.UnitId == unitId && i.Running).OrderBy(i => i.Id, StringComparer.Ordinal).Select(i => InstanceJson.ReadState(i.State))];
            if (running.Count == 0 || Step(unit, running[dice % running.Count], dice) is not { } step)
            {
                break;
            }
            await unit.RunAsync(UnitAddress.Existing(unitId), step);
            if (after is not null)
            {
                await after();
            }
        }
    }

    // A child's end is not said by hand here: the engine says it, when the child ends.
    private static UnitStep? Step(UnitHarness unit, InstanceState state, int dice)
    {
        switch (RandomStimuli.Next(state, dice))
        {
            case TimerDue due:
                DateTimeOffset instant = state.Waits.Single(w => w.Id == due.WaitId).Due!.Value;
                unit.Now = instant > unit.Now ? instant : unit.Now;
                return new TimerStep(due.WaitId);
            case Resume { Kind: WaitKind.Event } heard:
                return new RaiseEventStep(state.Waits.Single(w => w.Id == heard.WaitId).Name, null, heard.Payload, dice % 2 == 0);
            case Resume { Kind: not WaitKind.Child } resume:
                return new ResumeStep(resume.WaitId, resume.Outcome, resume.Payload);
            case Resume:
                return new RaiseEventStep("nobody", null, null, Buffered: false);
            case Retry retry:
                return new RetryStep(state.Id, retry.IncidentId);
            case Cancel:
                return new CancelStep(state.Id);
            default:
                return null;
        }
    }
}
