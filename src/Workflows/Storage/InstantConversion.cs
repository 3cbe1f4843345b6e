using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Assize.Workflows.Storage;

/// <summary>Microseconds since 1970 in UTC, so that SQLite orders and compares instants as numbers.</summary>
public sealed class InstantConversion() : ValueConverter<DateTimeOffset, long>(
    instant => ToMicroseconds(instant), micros => FromMicroseconds(micros))
{
    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
