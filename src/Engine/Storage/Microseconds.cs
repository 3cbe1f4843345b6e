namespace Assize.Engine.Storage;

/// <summary>Instants as both databases keep them.</summary>
public static class Microseconds
{
    /// <summary>The instant in UTC, without what is finer than a microsecond.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant)
    {
        DateTimeOffset utc = instant.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
