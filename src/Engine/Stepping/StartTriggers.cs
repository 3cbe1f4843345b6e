using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping.Activities;

namespace Assize.Engine.Stepping;

/// <summary>Reads by which steps a workflow begins: triggers that may start it, at whatever depth, but for those of workflows used as activities.</summary>
public static class StartTriggers
{
    /// <summary>A shorter interval would start workflows faster than timers are read.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    /// <summary>The triggers, or what is wrong with them.</summary>
    /// <param name="now">Business time: what expressions of a schedule see. They see initial values of variables, and no inputs.</param>
    public static (ImmutableArray<StartTrigger> Triggers, ImmutableArray<DefinitionProblem> Problems) Read(WorkflowDefinition definition, DateTimeOffset now)
    {
        var triggers = ImmutableArray.CreateBuilder<StartTrigger>();
        var problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
        foreach (var node in definition.Root.SelfAndBelow().Where(n => n.CanStartWorkflow))
        {
            try
            {
                if (Read(node, input => Value(definition, node, input, now)) is { } trigger)
                {
                    triggers.Add(trigger);
                }
            }
            catch (Exception e) when (e is ActivityFault or ExpressionFailed or ScriptLimitExceeded)
            {
                problems.Add(new("trigger-unreadable", $"Expected {node.DisplayText} to say when it begins the workflow, but it cannot be told: {e.Message}", node.Id, node.Pointer));
            }
        }
        return (triggers.ToImmutable(), problems.ToImmutable());
    }

    private static StartTrigger? Read(ActivityNode node, Func<string, JsonNode?> value) => node.Type switch
    {
        "Elsa.Event" => new(node.Id, StartTriggerKind.Event, EventName(value("eventName")), ""),
        "Elsa.Timer" => new(node.Id, StartTriggerKind.Timer, "", Interval(value("interval"))),
        "Elsa.Cron" => new(node.Id, StartTriggerKind.Cron, "", Cron(value("cronExpression"))),
        "Elsa.StartAt" => new(node.Id, StartTriggerKind.StartAt, "", Instant(value("dateTime"))),
        _ => null,
    };

    private static string EventName(JsonNode? value) => value.ToText() is { Length: > 0 } name
        ? name
        : throw new ActivityFault("event-name-missing", "it names no event.");

    private static string Interval(JsonNode? value) => value.ToSpan() is { } span && span >= ShortestInterval && span < TimeSpan.FromDays(3660)
        ? span.ToString("c", CultureInfo.InvariantCulture)
        : throw new ActivityFault("span-unreadable", $"\"{value.ToText()}\" is no interval from a second to ten years, such as 00:30:00.");

    private static string Cron(JsonNode? value) => value.ToText() is { } text && CronSchedule.Next(text, DateTimeOffset.UnixEpoch) is not null
        ? text
        : throw new ActivityFault("cron-unreadable", $"\"{value.ToText()}\" is no cron expression that comes round.");

    private static string Instant(JsonNode? value) => value.ToInstant() is { } instant
        ? instant.ToString("O", CultureInfo.InvariantCulture)
        : throw new ActivityFault("instant-unreadable", $"\"{value.ToText()}\" is no date and time.");

    private static JsonNode? Value(WorkflowDefinition definition, ActivityNode node, string member, DateTimeOffset now)
    {
        var input = node.Inputs.GetValueOrDefault(member);
        return input?.Expression is { } expression
            ? InstanceJson.Copy(Evaluator.Evaluate(expression, Scope(definition, now)))
            : input?.IsWrapped == false ? InstanceJson.Copy(input.Raw) : null;
    }

    private static ExpressionScope Scope(WorkflowDefinition definition, DateTimeOffset now) => new()
    {
        Now = now,
        Seed = 0,
        InstanceId = "",
        Variables = definition.Variables.DistinctBy(v => v.Name).ToDictionary(v => v.Name, v => v.Convert(v.Value)),
        VariablesById = definition.Variables.DistinctBy(v => v.Id).ToDictionary(v => v.Id, v => v.Convert(v.Value)),
        Inputs = Sorted.Values,
        Outputs = Sorted.Values,
        Result = _ => null,
        SetVariable = (name, _) => throw new ExpressionFailed("unknown-variable", $"there is no instance yet whose variable \"{name}\" could be set."),
    };
}
