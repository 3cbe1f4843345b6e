namespace Assize.Engine.Definitions;

/// <summary>An arrow of a flowchart. Its target port is always In.</summary>
/// <param name="Index">Its place in the flowchart's list, which names it in problems and counters.</param>
/// <param name="Source">The id of the activity it leaves.</param>
/// <param name="SourcePort">The outcome that follows it; "Done" where the definition gives none.</param>
/// <param name="Target">The id of the activity it enters.</param>
public sealed record Connection(int Index, string Source, string SourcePort, string Target)
{
    /// <summary>The outcome of an activity that names none.</summary>
    public const string DefaultPort = "Done";
}
