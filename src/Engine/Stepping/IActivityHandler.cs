using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping;

/// <summary>The life of one activity type. Handlers are pure: no clock, no chance, no I/O, no state of their own.</summary>
public interface IActivityHandler
{
    /// <summary>The type, and what Studio shows of it.</summary>
    Definitions.ActivityDescriptor Descriptor { get; }

    /// <summary>The activity is scheduled: complete it, open a wait, or schedule children.</summary>
    void Enter(IStep step);

    /// <summary>One of the activity's waits was satisfied; that wait is already closed.</summary>
    /// <param name="stimulus">A <see cref="Instances.Resume"/> or a <see cref="TimerDue"/>.</param>
    void Resume(IStep step, Wait wait, StimulusBody stimulus) => throw new InvalidOperationException($"Expected {Descriptor.TypeName} to wait for nothing, but it was resumed.");

    /// <summary>How the step may go whatever its data are, read off its definition alone; null where that cannot be told.</summary>
    /// <remarks>It must allow everything that the step may do, and should allow nothing else: of a step without it nothing is proved.</remarks>
    StepConduct? ConductOf(Definitions.ActivityNode node) => null;

    /// <summary>A child that this activity scheduled completed with these outcomes.</summary>
    /// <remarks>Not called for children that the activity cancels itself.</remarks>
    void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => throw new InvalidOperationException($"Expected {Descriptor.TypeName} to have no children, but one ended.");
}

/// <summary>What a handler may see and do within one step.</summary>
public interface IStep
{
    DateTimeOffset Now { get; }
    string InstanceId { get; }

    /// <summary>The number of the engine's rules that this instance keeps; see <see cref="Stepping.RuleSet"/>.</summary>
    int RuleSet { get; }
    string? CorrelationId { get; }

    /// <summary>True where this activity is the trigger that started the instance.</summary>
    bool IsTrigger { get; }

    /// <summary>The id of the trigger that started the instance in this step, until that activity is entered.</summary>
    string? TriggerId { get; }

    /// <summary>The compiled definition that this instance runs.</summary>
    Definitions.ExecutionGraph Graph { get; }

    /// <summary>The activity's definition: inputs, ports, children, connections.</summary>
    Definitions.ActivityNode Activity { get; }
    ActivityState Execution { get; }

    /// <summary>Evaluates an input by its member name; null where it is absent. A bad expression is an incident.</summary>
    JsonNode? Input(string name);

    /// <summary>Evaluates any expression in this activity's scope.</summary>
    JsonNode? Evaluate(Definitions.Expression expression);

    /// <summary>Runs JavaScript that may choose outcomes; none where it chose none.</summary>
    (JsonNode? Value, IReadOnlyList<string> Outcomes) RunScript(string source);

    /// <summary>An input as text; null where it is absent or empty.</summary>
    string? Text(string name);

    /// <summary>A pinned resource of this instance: kind "calendar", "form" or "table".</summary>
    T Resource<T>(string kind, string id) where T : class;

    /// <summary>What this execution remembers between steps; write to it freely, it is saved.</summary>
    JsonObject Memory { get; }

    /// <summary>What the nearest workflow was started with under this name.</summary>
    JsonNode? WorkflowInput(string name);
    JsonNode? Variable(string nameOrId);

    /// <summary>Writes the nearest variable of that id or name; a fault where none is in reach.</summary>
    void SetVariable(string nameOrId, JsonNode? value);

    /// <summary>Sets an output of the nearest workflow.</summary>
    void SetOutput(string name, JsonNode? value);
    void SetInstanceName(string? name);
    void SetCorrelationId(string? correlationId);

    /// <summary>Records the activity's own output, and copies it to the variable the output is bound to.</summary>
    void Produce(string output, JsonNode? value);

    Wait OpenWait(WaitKind kind, string name, string? key = null, DateTimeOffset? due = null, JsonObject? spec = null, string? childId = null, bool takesBuffered = false);
    void CloseWaits();

    /// <summary>Schedules a child activity; its end comes back as <see cref="IActivityHandler.ChildEnded"/>.</summary>
    /// <param name="variables">A scope of the child's own, by name.</param>
    /// <param name="tag">What to remember of it, found again as <see cref="ActivityState.Tag"/>.</param>
    void Schedule(Definitions.ActivityNode child, IReadOnlyDictionary<string, JsonNode?>? variables = null, string? tag = null);

    /// <summary>Executions scheduled by this one that have not ended.</summary>
    IReadOnlyList<ActivityState> Children { get; }

    /// <summary>Cancels a child with all below it: waits close, child instances are cancelled.</summary>
    void Cancel(ActivityState child);
    void CancelChildren();

    /// <summary>Ends the activity when the handler returns. With no outcome given it is "Done".</summary>
    /// <remarks>What still runs below it is cancelled.</remarks>
    void Complete(params string[] outcomes);

    /// <summary>Goes on by these outcomes when the handler returns, as if the activity had ended, while its waits stay open.</summary>
    /// <remarks>
    /// From then on it stands under the instance itself: nothing but the end or cancellation of the instance cancels it, and the
    /// instance cannot end before it. Variables of containers around it are out of its reach. <see cref="Complete"/> ends it for good.
    /// </remarks>
    void Leave(params string[] outcomes);

    /// <summary>Ends this activity, and with it the nearest one around it that fits, with these outcomes; just this one if none fits.</summary>
    void CompleteEnclosing(Func<Definitions.ActivityNode, bool> fits, params string[] outcomes);

    /// <summary>Ends the call in an incident: nothing that the call did remains. Does not return.</summary>
    [DoesNotReturn]
    void Fault(string code, string message);

    void Emit(Effect effect);
    void Note(string eventName, string? message = null, JsonObject? data = null);

    /// <summary>An id that a replay of the same stimulus makes again.</summary>
    string NewId();
}
