using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping;

/// <summary>One handler call's view of the run.</summary>
internal sealed class Step(StepRun run, ActivityNode activity, ActivityState execution) : IStep
{
    private readonly Scopes _scopes = new(run, execution);
    private JsonObject? _memory;

    public DateTimeOffset Now => run.Now;
    public string InstanceId => run.State.Id;
    public int RuleSet => run.State.RuleSet;
    public string? CorrelationId => run.State.CorrelationId;
    public bool IsTrigger { get; } = run.TakeTrigger(activity);
    public string? TriggerId => run.TriggerId;
    public ExecutionGraph Graph => run.Graph;
    public ActivityNode Activity => activity;
    public ActivityState Execution => run.State.Activities[execution.Id];
    public JsonObject Memory => _memory ??= execution.Memory?.DeepClone().AsObject() ?? [];

    /// <summary>Set once the handler has ended the activity.</summary>
    public ImmutableArray<string>? Outcomes { get; private set; }

    /// <summary>Set once the handler has let its container go on.</summary>
    public ImmutableArray<string>? LeftBy { get; private set; }

    /// <summary>The execution around this one that ends with it.</summary>
    public ActivityState? Enclosing { get; private set; }

    public JsonObject? SavedMemory => _memory is null ? execution.Memory : _memory.Count == 0 ? null : InstanceJson.Copy(_memory)!.AsObject();

    public JsonNode? Input(string name)
    {
        if (!activity.Inputs.TryGetValue(Member(name), out var input))
        {
            return null;
        }
        return input.IsWrapped ? input.Expression is { } expression ? Evaluate(expression) : null : InstanceJson.Copy(input.Raw);
    }

    public string? Text(string name) => Input(name).ToText() is { Length: > 0 } text ? text : null;

    public JsonNode? Evaluate(Expression expression) => Evaluate(expression, null);

    public (JsonNode? Value, IReadOnlyList<string> Outcomes) RunScript(string source)
    {
        var outcomes = new List<string>();
        var value = Evaluate(new Expression("JavaScript", source), chosen => { outcomes.Clear(); outcomes.AddRange(chosen); });
        return (value, outcomes);
    }

    private JsonNode? Evaluate(Expression expression, Action<IReadOnlyList<string>>? setOutcomes)
    {
        if (expression.Type == "Literal")
        {
            return InstanceJson.Copy(expression.Value);
        }
        if (run.Limits.FirstOrDefault(l => l.ActivityId == activity.Id) is { } limit)
        {
            throw new ExpressionFailed("script-limit", ScriptLimitExceeded.Words(limit.Limit));
        }
        var scope = _scopes.For(setOutcomes);
        var value = run.Time.Spend(left => Evaluator.Evaluate(expression, scope with { Time = left }));
        // What comes out of the state was put in order when it went in.
        return expression.Type is "Variable" or "Input" ? value : InstanceJson.Copy(value);
    }

    public T Resource<T>(string kind, string id) where T : class
    {
        if (run.Resources.ByKey.GetValueOrDefault($"{kind}:{id}") is T resource)
        {
            return resource;
        }
        throw new ActivityFault("resource-missing", $"Expected the {kind} \"{id}\" to be pinned by this instance, but it is not.");
    }

    public JsonNode? WorkflowInput(string name) => _scopes.Inputs.GetValueOrDefault(name)?.DeepClone();

    public JsonNode? Variable(string nameOrId) => _scopes.Read(nameOrId)?.DeepClone();

    public void SetVariable(string nameOrId, JsonNode? value)
    {
        if (!_scopes.TryWrite(nameOrId, value))
        {
            Fault("unknown-variable", $"Expected a variable \"{nameOrId}\" in reach of {activity.DisplayText}, but there is none.");
        }
    }

    public void SetOutput(string name, JsonNode? value) => _scopes.WriteOutput(name, InstanceJson.Copy(value));

    public void SetInstanceName(string? name) => run.State = run.State with { Name = name };

    public void SetCorrelationId(string? correlationId) => run.State = run.State with { CorrelationId = correlationId };

    public void Produce(string output, JsonNode? value)
    {
        var results = run.State.Results.GetValueOrDefault(activity.Id)?.DeepClone() as JsonObject ?? [];
        results[output] = InstanceJson.Copy(value);
        run.State = run.State with { Results = run.State.Results.SetItem(activity.Id, results) };
        if (activity.OutputBindings.TryGetValue(Member(output), out var binding) && !_scopes.TryWrite(binding.Target, value))
        {
            SetOutput(binding.Target, value);
        }
    }

    public Wait OpenWait(
        WaitKind kind, string name, string? key = null, DateTimeOffset? due = null, JsonObject? spec = null, string? childId = null, bool takesBuffered = false)
    {
        var wait = new Wait
        {
            Id = NewId(),
            Kind = kind,
            ExecutionId = execution.Id,
            ActivityId = activity.Id,
            NodeId = activity.NodeId,
            Name = name,
            Key = key,
            Due = due,
            ChildId = childId,
            TakesBuffered = takesBuffered,
            Spec = InstanceJson.Copy(spec)?.AsObject(),
            CreatedAt = Now,
        };
        run.State = run.State with { Waits = run.State.Waits.Add(wait) };
        Note("Suspended");
        return wait;
    }

    public void CloseWaits() => run.CloseWaits(Execution);

    public void Schedule(ActivityNode child, IReadOnlyDictionary<string, JsonNode?>? variables = null, string? tag = null) =>
        run.Schedule(child, execution.Id, variables?.ToImmutableSortedDictionary(v => v.Key, v => InstanceJson.Copy(v.Value), StringComparer.Ordinal), tag);

    public IReadOnlyList<ActivityState> Children => [.. run.ChildrenOf(execution.Id)];

    public void Cancel(ActivityState child) => run.Cancel(child);

    public void CancelChildren()
    {
        foreach (var child in Children)
        {
            run.Cancel(child);
        }
    }

    public void Complete(params string[] outcomes) => Outcomes = outcomes is [] ? [Connection.DefaultPort] : [.. outcomes];

    public void Leave(params string[] outcomes) => LeftBy = outcomes is [] ? [Connection.DefaultPort] : [.. outcomes];

    public void CompleteEnclosing(Func<ActivityNode, bool> fits, params string[] outcomes)
    {
        Complete(outcomes);
        Enclosing = _scopes.Around(execution).Skip(1).FirstOrDefault(e => fits(run.NodeOf(e)));
    }

    [DoesNotReturn]
    public void Fault(string code, string message) => throw new ActivityFault(code, message);

    public void Emit(Effect effect) => run.Emit(effect, activity.Id);

    public void Note(string eventName, string? message = null, JsonObject? data = null) => run.Note(Execution, eventName, message, data);

    public string NewId() => run.Ids.Next();

    private static string Member(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
