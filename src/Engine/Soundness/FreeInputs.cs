using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>A container of Elsa's that branches or loops by its data: the real handler, its inputs chosen.</summary>
internal sealed class FreeContainer(IActivityHandler real, Choice choice) : IActivityHandler
{
    /// <summary>The handlers whose inputs <see cref="FreeInputs"/> knows to choose.</summary>
    public static bool Knows(string type) => type is "Elsa.If" or "Elsa.While" or "Elsa.For" or "Elsa.ForEach" or "Elsa.ParallelForEach";

    public ActivityDescriptor Descriptor => real.Descriptor;

    public void Enter(IStep step) => real.Enter(new FreeInputs(step, choice));

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => real.ChildEnded(new FreeInputs(step, choice), child, outcomes);
}

/// <summary>A step whose inputs are chosen: a condition holds or does not, a list has none, one or two items.</summary>
internal sealed class FreeInputs(IStep step, Choice choice) : IStep
{
    /// <summary>A list or a range is taken to have fewer items than this.</summary>
    public const int ItemCounts = 3;

    private const string Laps = "laps";

    public DateTimeOffset Now => step.Now;
    public string InstanceId => step.InstanceId;
    public int RuleSet => step.RuleSet;
    public string? CorrelationId => step.CorrelationId;
    public bool IsTrigger => step.IsTrigger;
    public string? TriggerId => step.TriggerId;
    public ExecutionGraph Graph => step.Graph;
    public ActivityNode Activity => step.Activity;
    public ActivityState Execution => step.Execution;
    public JsonObject Memory => step.Memory;
    public IReadOnlyList<ActivityState> Children => step.Children;

    public JsonNode? Input(string name) => name switch
    {
        // The first option is true.
        "condition" => choice.Take(step, 2) == 0,
        "items" => new JsonArray([.. Enumerable.Range(0, choice.Take(step, ItemCounts)).Select(i => JsonValue.Create(i))]),
        "end" => End(),
        "outerBoundInclusive" => false,
        _ => null,
    };

    // A For reads its end before every lap; it is chosen once.
    private JsonNode End()
    {
        Memory[Laps] ??= choice.Take(step, ItemCounts);
        return Memory[Laps]!.DeepClone();
    }

    public JsonNode? Evaluate(Expression expression) => throw Unforeseen();
    public (JsonNode? Value, IReadOnlyList<string> Outcomes) RunScript(string source) => throw Unforeseen();
    public string? Text(string name) => throw Unforeseen();
    public T Resource<T>(string kind, string id) where T : class => throw Unforeseen();
    public JsonNode? WorkflowInput(string name) => throw Unforeseen();
    public JsonNode? Variable(string nameOrId) => throw Unforeseen();
    public void SetVariable(string nameOrId, JsonNode? value) { }
    public void SetOutput(string name, JsonNode? value) { }
    public void SetInstanceName(string? name) { }
    public void SetCorrelationId(string? correlationId) { }
    public void Produce(string output, JsonNode? value) { }

    public Wait OpenWait(WaitKind kind, string name, string? key = null, DateTimeOffset? due = null, JsonObject? spec = null, string? childId = null, bool takesBuffered = false) =>
        step.OpenWait(kind, name, key, due, spec, childId, takesBuffered);

    public void CloseWaits() => step.CloseWaits();
    public void Schedule(ActivityNode child, IReadOnlyDictionary<string, JsonNode?>? variables = null, string? tag = null) => step.Schedule(child, null, tag);
    public void Cancel(ActivityState child) => step.Cancel(child);
    public void CancelChildren() => step.CancelChildren();
    public void Complete(params string[] outcomes) => step.Complete(outcomes);
    public void Leave(params string[] outcomes) => step.Leave(outcomes);
    public void CompleteEnclosing(Func<ActivityNode, bool> fits, params string[] outcomes) => step.CompleteEnclosing(fits, outcomes);

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Fault(string code, string message) => step.Fault(code, message);

    public void Emit(Effect effect) => step.Emit(effect);
    public void Note(string eventName, string? message = null, JsonObject? data = null) => step.Note(eventName, message, data);
    public string NewId() => step.NewId();

    private InvalidOperationException Unforeseen() =>
        new($"Expected {step.Activity.Type} to read nothing but its condition, items and bounds, but it read something else.");
}
