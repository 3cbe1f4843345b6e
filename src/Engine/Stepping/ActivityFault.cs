namespace Assize.Engine.Stepping;

/// <summary>Ends a handler's call; the run makes an incident of it.</summary>
internal sealed class ActivityFault(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
