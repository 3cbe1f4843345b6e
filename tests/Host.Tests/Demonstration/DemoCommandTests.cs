using System.Text.RegularExpressions;
using Assize.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Assize.Host.Tests.Demonstration;

public sealed partial class DemoCommandTests
{
    [Fact]
    public async Task Demo_KilledInTheMiddle_GoesOnAndReachesTheOutcome()
    {
        var folder = Directory.CreateTempSubdirectory("assize-demo-").FullName;
        var settings = HostProcess.Settings(folder);
        try
        {
            using var first = HostProcess.Launch(settings, "demo");
            var until = await first.ReadAsync(line => line.Contains("completed 'M", StringComparison.Ordinal));
            first.Process.Kill();
            await first.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
            using var second = HostProcess.Launch(settings, "demo");
            var rest = await second.ReadAsync(_ => false);
            await second.Process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Contains(until, line => line.Contains("refused: ", StringComparison.Ordinal));
            Assert.Equal(
                ["assize-platform", "cps-mersey-cheshire", "harbour-defence", "liverpool-magistrates", "merseyside-police"],
                rest.Select(line => Refused().Match(line)).Where(match => match.Success).Select(match => match.Groups["agency"].Value).Order(StringComparer.Ordinal));
            Assert.Contains(rest, line => line.Contains("Going on with demonstration case", StringComparison.Ordinal));
            Assert.True(second.Process.ExitCode == 0, $"Expected the demonstration to end well, but it said:\n{string.Join('\n', rest)}\n{second.Errors}");
            Assert.Contains(rest, line => line.Contains("Outcome of case", StringComparison.Ordinal));
            Assert.Contains(rest, line => line.Contains("'./run demo reset-clock' sets it back", StringComparison.Ordinal));
            Assert.Equal(12, Cases(folder));
            using var third = HostProcess.Launch(settings, "demo", "reset-clock");
            var reset = await third.ReadAsync(_ => false);
            await third.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, third.Process.ExitCode);
            Assert.Contains(reset, line => line.Contains("real time again", StringComparison.Ordinal));
            Assert.Equal(0, Single(folder, "SELECT offset_microseconds FROM host_clock"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Eleven of the small world, since the twelfth charge waits for correction, and the demonstration's own.
    private static long Cases(string folder) => Single(folder, "SELECT count(*) FROM case_file");

    private static long Single(string folder, string query)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "assize.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }

    [GeneratedRegex(@"refused: .* \((?<agency>[a-z-]+)\) tried")]
    private static partial Regex Refused();
}
