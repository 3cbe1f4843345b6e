using System.Globalization;

namespace Assize.Bench.Journey;

/// <summary>Processor time used so far: by this process, and (on Linux) by a PostgreSQL server and its backends.</summary>
internal sealed record ProcessorTime(TimeSpan Ours, TimeSpan Database)
{
    private const int ParentField = 1;
    private const int UserField = 11;
    private const int TicksPerSecond = 100;

    /// <param name="folder">The server's; null for SQLite, which works in this process.</param>
    public static ProcessorTime Now(string? folder) => new(Environment.CpuUsage.TotalTime, folder is null ? default : OfServer(folder));

    public static ProcessorTime operator +(ProcessorTime one, ProcessorTime other) => new(one.Ours + other.Ours, one.Database + other.Database);

    public static ProcessorTime operator -(ProcessorTime one, ProcessorTime other) => new(one.Ours - other.Ours, one.Database - other.Database);

    private static TimeSpan OfServer(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return default;
        }

        var server = File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First();
        var ticks = Directory.EnumerateDirectories("/proc").Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0])).Select(Fields)
            .Where(fields => fields is { Length: > UserField + 4 } && fields[ParentField] == server).Sum(fields => Ticks(fields!, 0) + Ticks(fields!, 1));
        // Backends that have ended are counted with the server itself.
        var ended = Fields(Path.Combine("/proc", server)) is { } own ? Enumerable.Range(0, 4).Sum(field => Ticks(own, field)) : 0;
        return TimeSpan.FromSeconds((ticks + ended) / (double)TicksPerSecond);
    }

    private static long Ticks(string[] fields, int after) => long.Parse(fields[UserField + after], CultureInfo.InvariantCulture);

    // The fields after the program's name, which may hold spaces: state, parent, …
    private static string[]? Fields(string process)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(process, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
