using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Assize.Bench.Journey;

/// <summary>The recorded statements replayed through raw ADO.NET on SQLite, one transaction a step.</summary>
internal static class SqliteFloor
{
    public static async Task<(double PerSecond, long Count)> RunAsync(string connectionString, Recording recording, int callers, int seconds, int round)
    {
        // The text is opened once with marks of the right length, which a caller then fills for each of its journeys.
        var steps = recording.Steps
            .Select(step => recording.Open(string.Join("; ", [.. step.Reads(sqlite: true), .. step.Writes()]), "\u0001######", "\u0002#######"))
            .ToList();
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Factory.StartNew(
            () => Replay(connectionString, steps, caller, round, watch, TimeSpan.FromSeconds(seconds)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return (counts.Sum() / watch.Elapsed.TotalSeconds, counts.Sum());
    }

    private static long Replay(string connectionString, List<string> steps, int caller, int round, Stopwatch watch, TimeSpan limit)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 30000");
        long count = 0;
        while (watch.Elapsed < limit)
        {
            count++;
            var number = (caller * 1_000_000) + (round * 100_000) + count;
            var urn = (1_000_000 + number).ToString("0000000", CultureInfo.InvariantCulture);
            var id = (10_000_000 + number).ToString("00000000", CultureInfo.InvariantCulture);
            foreach (var step in steps)
            {
                Execute(connection, "BEGIN IMMEDIATE; " + step.Replace("\u0001######", urn, StringComparison.Ordinal).Replace("\u0002#######", id, StringComparison.Ordinal) + "; COMMIT");
            }
        }

        return count;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
