using Assize.Engine.Definitions;

namespace Assize.Engine.Soundness;

/// <summary>What took the instance from one state to the next.</summary>
/// <param name="Node">The step that answered or chose; of a start the trigger, or the workflow itself.</param>
/// <param name="Option">Which of its options.</param>
/// <param name="Place">Which of the state's open waits it answers; 0 for all else.</param>
internal readonly record struct Move(MoveKind Kind, ActivityNode Node, int Option, int Place = 0)
{
    /// <summary>True where nothing outside the instance had to happen for it.</summary>
    public bool IsAtOnce => Kind is MoveKind.Choose or MoveKind.Reply;
}

internal enum MoveKind { Start, Answer, Reply, Choose }
