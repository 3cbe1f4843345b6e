using System.Diagnostics;
using Npgsql;

namespace Assize.TestKit.Databases;

/// <summary>A private PostgreSQL server in a temporary folder, reached through a socket in it, gone when this process ends.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // Waits on its input, so that the server and its folder go even when this process is killed.
    private const string Script = """
        set -e
        bin=$1; dir=$2; shift 2
        as=""
        if [ "$(id -u)" = 0 ]; then
          user=postgres; id "$user" >/dev/null 2>&1 || user=nobody
          chown "$user" "$dir"
          as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
        fi
        cd "$dir"
        $as "$bin/initdb" -D "$dir/data" -U assize -A trust -E UTF8 --no-locale --no-sync >server.log 2>&1
        $as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= "$@" >>server.log 2>&1 </dev/null &
        server=$!
        trap 'kill -INT $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$dir"' EXIT
        read -r _ || true
        """;

    private static readonly string[] FastAndForgetful =
    [
        "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
        "shared_buffers=64MB", "max_connections=200",
    ];

    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(() => StartAsync(FastAndForgetful));

    private readonly Process _process;
    private readonly string _folder;

    private PostgresServer(Process process, string folder)
    {
        _process = process;
        _folder = folder;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    /// <summary>The folder of the installed server's programs, or null.</summary>
    public static string? Binaries { get; } = FindBinaries();

    /// <summary>The one server of this test process, started on first use; it trades durability for speed.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        Component.Require("postgresql", Binaries);
        return SharedServer.Value;
    }

    /// <summary>Starts a server of its own with the given settings (<c>name=value</c>), durable unless they say otherwise.</summary>
    public static async Task<PostgresServer> StartAsync(params IReadOnlyList<string> settings)
    {
        var binaries = Component.Require("postgresql", Binaries);
        var folder = Directory.CreateTempSubdirectory("assize-pg-").FullName;
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true };
        foreach (var argument in (string[])["-c", Script, "sh", binaries, folder, .. settings.SelectMany(setting => new[] { "-c", setting })])
        {
            start.ArgumentList.Add(argument);
        }

        var server = new PostgresServer(Process.Start(start)!, folder);
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>The folder of its socket, for programs that are given a host.</summary>
    public string Folder => _folder;

    /// <summary>What the server has said so far.</summary>
    public Task<string[]> LogAsync() => File.ReadAllLinesAsync(LogPath);

    /// <summary>The connection string of one of its databases.</summary>
    public string ConnectionString(string database, bool pooling = true) => new NpgsqlConnectionStringBuilder
    {
        Host = _folder,
        Username = "assize",
        Database = database,
        Pooling = pooling,
        MaxPoolSize = 40,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Runs one statement against the maintenance database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private string LogPath => Path.Combine(_folder, "server.log");

    private void Stop()
    {
        if (_process.HasExited)
        {
            return;
        }

        _process.StandardInput.Close();
        _process.WaitForExit(TimeSpan.FromSeconds(20));
    }

    private async Task UntilReadyAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException error) when (!_process.HasExited && attempt < 600)
            {
                _ = error;
                await Task.Delay(50);
            }
            catch (NpgsqlException error)
            {
                throw new InvalidOperationException($"Expected PostgreSQL to answer, but it did not.\n{(File.Exists(LogPath) ? string.Join('\n', await LogAsync()) : "")}", error);
            }
        }
    }

    private static string? FindBinaries()
    {
        const string debian = "/usr/lib/postgresql";
        return Directory.Exists(debian)
            ? Directory.EnumerateDirectories(debian)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
            : null;
    }
}
