using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping;

/// <summary>One step of one instance: a pure function.</summary>
public static class Advance
{
    /// <summary>Takes the stimulus and runs until everything waits, has ended or stands at an incident.</summary>
    /// <param name="state">Null for <see cref="Start"/> only.</param>
    /// <remarks>The same arguments give the same bytes. A rejection changes nothing.</remarks>
    /// <exception cref="Expressions.ScriptLimitExceeded">Journal a <see cref="LimitExceeded"/> with the same request id, and run that.</exception>
    public static AdvanceResult Run(
        ExecutionGraph graph, ActivityTable table, InstanceState? state, string instanceId, Stimulus stimulus, StepResources resources) =>
        throw new NotImplementedException(graph.Definition.DefinitionId + table + state + instanceId + stimulus + resources);
}
