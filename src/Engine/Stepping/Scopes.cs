using System.Text.Json.Nodes;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping;

/// <summary>What is in reach of one execution: the variables of all around it up to its workflow, and that workflow's inputs and outputs.</summary>
internal sealed class Scopes(StepRun run, ActivityState execution)
{
    private const string InputMember = "input";
    private const string OutputMember = "output";

    public IReadOnlyDictionary<string, JsonNode?> Inputs =>
        Workflow is { ParentId: not null } inner ? Values(inner, InputMember) : run.State.Input;

    public IReadOnlyDictionary<string, JsonNode?> Outputs =>
        Workflow is { ParentId: not null } inner ? Values(inner, OutputMember) : run.State.Output;

    /// <summary>The execution itself and those around it, inner first, up to the instance's root.</summary>
    public IEnumerable<ActivityState> Around(ActivityState from)
    {
        for (var e = run.State.Activities.GetValueOrDefault(from.Id); e is not null; e = e.ParentId is { } id ? run.State.Activities.GetValueOrDefault(id) : null)
        {
            yield return e;
        }
    }

    public JsonNode? Read(string nameOrId) => Find(nameOrId) is var (holder, id) ? holder.Variables[id] : null;

    public bool TryWrite(string nameOrId, JsonNode? value)
    {
        if (Find(nameOrId) is not var (holder, id))
        {
            return false;
        }
        var declared = run.NodeOf(holder).Variables.FirstOrDefault(v => v.Id == id);
        var converted = InstanceJson.Copy(declared is null ? value : declared.Convert(value));
        run.Put(holder with { Variables = holder.Variables.SetItem(id, converted) });
        return true;
    }

    public void WriteOutput(string name, JsonNode? value)
    {
        if (Workflow is not { ParentId: not null } inner)
        {
            run.State = run.State with { Output = run.State.Output.SetItem(name, value) };
            return;
        }
        var memory = InstanceJson.Copy(inner.Memory)?.AsObject() ?? [];
        var outputs = memory[OutputMember] as JsonObject ?? [];
        outputs[name] = value;
        memory[OutputMember] = outputs;
        run.Put(inner with { Memory = memory });
    }

    public ExpressionScope For(Action<IReadOnlyList<string>>? setOutcomes)
    {
        var byName = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var byId = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (holder, variable) in InReach())
        {
            byName.TryAdd(variable.Name, holder.Variables[variable.Id]);
            byId.TryAdd(variable.Id, holder.Variables[variable.Id]);
        }
        return new ExpressionScope
        {
            Now = run.Now,
            Seed = run.Ids.NextSeed(),
            InstanceId = run.State.Id,
            CorrelationId = run.State.CorrelationId,
            Variables = byName,
            VariablesById = byId,
            Inputs = Inputs,
            Outputs = Outputs,
            Result = Result,
            SetVariable = (name, value) =>
            {
                if (!TryWrite(name, value))
                {
                    throw new ExpressionFailed("unknown-variable", $"Expected a variable \"{name}\" in reach, but there is none.");
                }
                byName[name] = Read(name);
            },
            SetOutcomes = setOutcomes,
        };
    }

    // The inputs of a workflow used as an activity are expressions of the workflow around it.
    private ActivityState? Workflow =>
        Around(execution).Skip(IsOuterView ? 1 : 0).FirstOrDefault(e => run.NodeOf(e).Workflow is not null);

    private bool IsOuterView => execution.ParentId is not null && run.NodeOf(execution).Workflow is not null;

    private (ActivityState Holder, string Id)? Find(string nameOrId)
    {
        foreach (var (holder, variable) in InReach())
        {
            if (variable.Id == nameOrId || variable.Name == nameOrId)
            {
                return (holder, variable.Id);
            }
        }
        return null;
    }

    private IEnumerable<(ActivityState Holder, (string Id, string Name) Variable)> InReach()
    {
        foreach (var holder in Around(execution))
        {
            var node = run.NodeOf(holder);
            var isOuterView = holder.Id == execution.Id && IsOuterView;
            foreach (var (id, _) in holder.Variables)
            {
                var declared = node.Variables.FirstOrDefault(v => v.Id == id);
                if (declared is null || !isOuterView)
                {
                    yield return (holder, (id, declared?.Name ?? id));
                }
            }
            if (node.Workflow is not null && !isOuterView)
            {
                yield break;
            }
        }
    }

    private JsonObject? Result(string idOrName)
    {
        var id = run.State.Results.ContainsKey(idOrName) ? idOrName : run.Graph.IdByName.GetValueOrDefault(idOrName);
        return id is null ? null : run.State.Results.GetValueOrDefault(id) as JsonObject;
    }

    private static Dictionary<string, JsonNode?> Values(ActivityState inner, string member) =>
        (inner.Memory?[member] as JsonObject ?? []).ToDictionary(v => v.Key, v => v.Value);
}
