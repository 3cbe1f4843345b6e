namespace Assize.Engine.Definitions;

/// <summary>A flowchart's arrows, sorted into forward and backward ones from its start activity.</summary>
public sealed class FlowchartGraph
{
    internal FlowchartGraph(ActivityNode flowchart, ActivityNode? start) { Flowchart = flowchart; Start = start; }

    public ActivityNode Flowchart { get; }

    /// <summary>Null in an empty flowchart.</summary>
    public ActivityNode? Start { get; }
}
