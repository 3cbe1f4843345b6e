using System.Text.Json.Nodes;
using Assize.Engine.Instances;

namespace Assize.TestKit.Definitions;

/// <summary>Chooses what happens next to an instance of a drawn definition.</summary>
public static class RandomStimuli
{
    /// <summary>A stimulus that the instance may take, or null where it has ended or nothing can wake it but a retry that was not thrown.</summary>
    /// <param name="dice">Any number of at least 0.</param>
    public static StimulusBody? Next(InstanceState state, int dice)
    {
        if (state.Status == InstanceStatus.Finished)
        {
            return null;
        }
        if (dice % 40 == 39)
        {
            return new Cancel();
        }
        if (state.SubStatus == InstanceSubStatus.Faulted || (state.Incidents.Length > 0 && dice % 3 == 0))
        {
            return new Retry(state.Incidents[dice % state.Incidents.Length].Id);
        }
        return Answer(state.Waits[dice % state.Waits.Length], dice / 7);
    }

    /// <summary>The answer to a wait; a task that offers outcomes gets one of them.</summary>
    public static StimulusBody Answer(Wait wait, int dice)
    {
        if (wait.Kind == WaitKind.Timer)
        {
            return new TimerDue(wait.Id);
        }
        var outcomes = wait.Spec?["outcomes"] as JsonArray;
        var outcome = wait.Kind == WaitKind.Child ? "Completed" : outcomes?[dice % outcomes.Count]!.GetValue<string>();
        return new Resume(wait.Id, wait.Kind, outcome, new JsonObject { ["dice"] = dice });
    }
}

/// <summary>What runs met: a property test that met none of one kind proves little about it.</summary>
public sealed class Met
{
    public int Joins { get; private set; }
    public int BackwardConnections { get; private set; }
    public int Cancellations { get; private set; }
    public int Children { get; private set; }
    public int Incidents { get; private set; }

    /// <summary>Steps that the flow left while their children ran on.</summary>
    public int EarlyLeaves { get; private set; }

    /// <summary>Counts the notes and effects of one step.</summary>
    public void Count(IReadOnlyCollection<JournalNote> notes, IReadOnlyCollection<Effect> effects)
    {
        Joins += notes.Count(n => n is { ActivityType: "Elsa.FlowJoin", Event: "Completed" });
        BackwardConnections += notes.Count(n => n.Event == "Started" && (string?)n.Data?["tag"] == "backward");
        Cancellations += notes.Count(n => n.Event == "Canceled");
        Children += effects.OfType<StartChild>().Count();
        EarlyLeaves += notes.Count(n => (bool?)n.Data?["runsOn"] == true);
        Incidents += notes.Count(n => n.Event == "Faulted");
    }

    public override string ToString() =>
        $"joins {Joins}, backward connections {BackwardConnections}, cancellations {Cancellations}, children {Children}, incidents {Incidents}, early leaves {EarlyLeaves}";
}
