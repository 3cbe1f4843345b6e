namespace Assize.Host.Operations;

/// <summary>The host's own log lines.</summary>
public static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The business clock could not be read; the last offset stands.")]
    public static partial void ClockNotRead(ILogger logger, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "{Job} failed and will be tried again at its next turn.")]
    public static partial void JobFailed(ILogger logger, string job, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "A request failed: {Method} {Path}.")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception failure);

    [LoggerMessage(5, LogLevel.Error, "A timer of {Unit} could not fire; it will be tried again.")]
    public static partial void TimerBroken(ILogger logger, string unit);

    [LoggerMessage(6, LogLevel.Warning, "Release {Number} of {Workflow} was stopped. {Reason}")]
    public static partial void ReleaseStopped(ILogger logger, string workflow, int number, string reason);

    [LoggerMessage(4, LogLevel.Information, "Published {Path}.")]
    public static partial void DefinitionPublished(ILogger logger, string path);

    [LoggerMessage(7, LogLevel.Warning, "{Words}")]
    public static partial void ReleaseWithheld(ILogger logger, string words);
}
