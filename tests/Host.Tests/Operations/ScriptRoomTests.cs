using Assize.TestKit;
using Assize.TestKit.Definitions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Assize.Host.Tests.Operations;

/// <summary>The application as it is built, whose folder lacks what its frameworks bring; the tests' own folder has it.</summary>
public sealed class ScriptRoomTests
{
    [Fact]
    public async Task Host_InItsOwnFolder_EvaluatesScriptsInRooms()
    {
        var folder = Directory.CreateTempSubdirectory("assize-rooms-").FullName;
        try
        {
            var definitions = Path.Combine(folder, "definitions");
            await ScriptedDefinitions.CopyAsync(Repository.PathOf("definitions"), definitions, "m4-serve-initial-details", "let n = 0; for (const x of [1, 2]) { n += x; } `Serve ${n}.`");
            var settings = new Dictionary<string, string?>(HostProcess.Settings(folder)) { ["ASSIZE_DEFINITIONS"] = definitions };

            // The cases of the demonstration's world take the step while it starts.
            using var host = await HostProcess.StartAsync(settings);

            await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "assize.db")};Pooling=False");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM work_task WHERE instructions = 'Serve 3.'";
            Assert.NotEqual(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
