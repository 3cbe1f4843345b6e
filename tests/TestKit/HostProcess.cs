using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Assize.TestKit;

/// <summary>The built application in a process of its own, as a demonstration, with its data in a given folder and on free ports.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly List<string> _errors = [];

    private HostProcess(Process process, IReadOnlyDictionary<string, string?> environment)
    {
        Process = process;
        Environment = environment;
        process.ErrorDataReceived += (_, line) => _errors.Add(line.Data ?? "");
        process.BeginErrorReadLine();
    }

    public Process Process { get; }

    /// <summary>What it was told: ASSIZE_HOST_URL, ASSIZE_IDENTITY_URL and the rest.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    public Uri HostUrl => new(Environment["ASSIZE_HOST_URL"]!);

    public Uri IdentityUrl => new(Environment["ASSIZE_IDENTITY_URL"]!);

    /// <summary>What it wrote to its error output.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message carries its error output.</exception>
    public static Task<HostProcess> StartAsync(string folder, string database = "") => StartAsync(Settings(folder, database));

    /// <summary>The same with other settings.</summary>
    /// <param name="program">Another build of it; the one that was built with the tests if absent.</param>
    public static async Task<HostProcess> StartAsync(IReadOnlyDictionary<string, string?> environment, string? program = null)
    {
        var host = Launch(program, environment);
        if (!(await host.ReadAsync(line => line.StartsWith("ready:", StringComparison.Ordinal))).Any(line => line.StartsWith("ready:", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"Expected Host to say that it is ready, but it ended: {host.Errors}");
        }

        _ = host.Process.StandardOutput.ReadToEndAsync();
        return host;
    }

    /// <summary>Starts it with a command, or without one, and does not wait.</summary>
    public static HostProcess Launch(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => Launch(null, environment, arguments);

    private static HostProcess Launch(string? program, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[program ?? Repository.PathOf($"artifacts/bin/Host/{configuration}/Assize.Host.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!, environment);
    }

    /// <summary>The settings of a demonstration in a folder, on ports that are free now.</summary>
    public static IReadOnlyDictionary<string, string?> Settings(string folder, string database = "") => new Dictionary<string, string?>
    {
        ["ASSIZE_DEPLOYMENT"] = "Demonstration",
        ["ASSIZE_DATA"] = folder,
        ["ASSIZE_DATABASE"] = database,
        ["ASSIZE_IDENTITY_DATABASE"] = "",
        ["ASSIZE_HOST_URL"] = $"http://localhost:{FreePort()}",
        ["ASSIZE_IDENTITY_URL"] = $"http://localhost:{FreePort()}",
        ["ASSIZE_IDENTITY_RATE"] = "100000",
        ["ASSIZE_HOST_RATE"] = "100000",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    /// <summary>The settings of one more process of this application, as a load balancer has them: the same address, data and identity server, and a port of its own.</summary>
    public (IReadOnlyDictionary<string, string?> Settings, Uri Listens) Beside()
    {
        Uri listens = new($"http://localhost:{FreePort()}");
        return (new Dictionary<string, string?>(Environment) { ["ASSIZE_EMBED_IDENTITY"] = "false", ["ASSIZE_HOST_LISTEN"] = listens.GetLeftPart(UriPartial.Authority) }, listens);
    }

    /// <summary>Its output until a line is enough, or until it has nothing more to say.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(Func<string, bool> enough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        List<string> lines = [];
        while (await Process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (enough(line))
            {
                break;
            }
        }

        return lines;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            Process.WaitForExit();
        }

        Process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
