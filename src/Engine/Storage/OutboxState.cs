namespace Assize.Engine.Storage;

/// <summary>What became of a message.</summary>
public static class OutboxState
{
    public const string Waiting = "waiting";
    public const string Delivered = "delivered";
    public const string Failed = "failed";

    /// <summary>The step that sent it was taken back before it went out.</summary>
    public const string Withdrawn = "withdrawn";
}
