using System.Collections.Frozen;
using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping.Activities;
using Assize.Engine.Stepping.Flowcharts;

namespace Assize.Engine.Stepping;

/// <summary>Every activity type that can run, by its handler.</summary>
public sealed class ActivityTable(params IEnumerable<IActivityHandler> handlers)
{
    private readonly FrozenDictionary<string, IActivityHandler> _byType = handlers.ToFrozenDictionary(h => h.Descriptor.TypeName);

    /// <summary>Elsa's activities. Others are added: <c>new ActivityTable([.. ActivityTable.Engine.Handlers, .. mine])</c>.</summary>
    public static ActivityTable Engine { get; } = new(
        new FlowchartHandler(),
        new SequenceHandler(),
        new StartHandler(),
        new EndHandler(),
        new FlowNodeHandler(),
        new FlowDecisionHandler(),
        new FlowSwitchHandler(),
        new FlowForkHandler(),
        new FlowJoinHandler(),
        new IfHandler(),
        new SwitchHandler(),
        new ForHandler(),
        new ForEachHandler(),
        new WhileHandler(),
        new BreakHandler(),
        new ParallelForEachHandler(),
        new SetVariableHandler(),
        new SetOutputHandler(),
        new SetNameHandler(),
        new CorrelateHandler(),
        new Activities.EventHandler(),
        new PublishEventHandler(),
        new DelayHandler(),
        new StartAtHandler(),
        new TimerHandler(),
        new CronHandler(),
        new RunTaskHandler(),
        new RunJavaScriptHandler(),
        new ExecuteWorkflowHandler(),
        new DispatchWorkflowHandler(),
        new FinishHandler(),
        new CompleteHandler(),
        new FaultHandler(),
        new WriteLineHandler());

    public ImmutableArray<IActivityHandler> Handlers { get; } = [.. handlers];

    /// <summary>Their descriptors, for Studio and the verifier.</summary>
    public ActivityCatalog Catalog { get; } = new(handlers.Select(h => h.Descriptor));

    /// <summary>Null where the type is unknown.</summary>
    public IActivityHandler? Find(string type) => _byType.GetValueOrDefault(type);
}
