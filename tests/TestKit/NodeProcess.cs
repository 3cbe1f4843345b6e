using System.Diagnostics;
using Xunit;

namespace Assize.TestKit;

/// <summary>A script of the federation tests in Node, until its owner is done with it: it ends with its input.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>What stands after "ready" in its first line.</summary>
    public string Ready { get; private set; } = "";

    /// <summary>Starts a script that says "ready …" when it can be used.</summary>
    public static async Task<NodeProcess> StartAsync(string script, params string[] arguments)
    {
        NodeProcess node = new(Launch(script, arguments));
        string? line = await node._process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith("ready ", StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException($"Expected {script} to say that it is ready, but it said “{line}”. {await node._errors}");
        }
        node.Ready = line["ready ".Length..];
        _ = node._process.StandardOutput.ReadToEndAsync();
        return node;
    }

    /// <summary>Runs a script to its end, which is a test's outcome; it trusts one more authority.</summary>
    public static async Task RunAsync(string script, string trustedRoot, params string[] arguments)
    {
        await using NodeProcess node = new(Launch(script, arguments, trustedRoot));
        string output = await node._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node._process.ExitCode == 0, $"{output}\n{await node._errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static Process Launch(string script, string[] arguments, string? trustedRoot = null)
    {
        foreach (string package in (string[])["oidc-provider", "openid-client"])
        {
            string folder = Repository.PathOf("node_modules/" + package);
            Component.Require("node_modules/" + package, System.IO.Directory.Exists(folder) ? folder : null);
        }
        ProcessStartInfo start = new("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["NODE_NO_WARNINGS"] = "1";
        if (trustedRoot is not null)
        {
            start.Environment["NODE_EXTRA_CA_CERTS"] = trustedRoot;
        }
        start.ArgumentList.Add(Repository.PathOf("tests/Identity.Tests/Federation/" + script));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }
}
