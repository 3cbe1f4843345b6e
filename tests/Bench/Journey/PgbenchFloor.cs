using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Assize.TestKit.Databases;

namespace Assize.Bench.Journey;

/// <summary>The recorded statements replayed by pgbench: one script is one journey, two round trips a step.</summary>
internal static partial class PgbenchFloor
{
    /// <summary>Journeys a second, and how many there were.</summary>
    public static async Task<(double PerSecond, long Count)> RunAsync(string folder, string database, Recording recording, int callers, int seconds, int round)
    {
        var script = Path.Combine(folder, "journey.sql");
        await File.WriteAllTextAsync(script, Script(recording));
        var start = new ProcessStartInfo(Path.Combine(PostgresServer.Binaries!, "pgbench")) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Case numbers and ids count up within a caller, and each round has a range of its own.
        string[] arguments =
        [
            "--no-vacuum", "--file", script, "--client", Text(callers), "--jobs", Text(Math.Min(callers, 2)), "--time", Text(seconds),
            "--define", $"n={round * 100_000}", "--host", folder, "--username", "assize", database,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || Rate().Match(output) is not { Success: true } rate || Done().Match(output) is not { Success: true } done)
        {
            throw new InvalidOperationException($"Expected pgbench to replay the journey, but it answered {process.ExitCode}: {output}{await errors}");
        }

        return (double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(done.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static string Script(Recording recording)
    {
        var lines = new List<string>
        {
            @"\set n :n + 1",
            @"\set c 10000000 + :client_id * 10000000 + :n",
            @"\set u 1000000 + :client_id * 1000000 + :n",
        };
        foreach (var step in recording.Steps)
        {
            lines.Add(Open(recording, ["BEGIN", .. step.Reads(sqlite: false)]));
            lines.Add(Open(recording, [.. step.Writes(), "COMMIT"]));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Open(Recording recording, IEnumerable<string> statements) =>
        recording.Open(string.Join(@" \; ", statements), ":u", ":c") + ";";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^tps = ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex Rate();

    [GeneratedRegex(@"transactions actually processed: ([0-9]+)")]
    private static partial Regex Done();
}
