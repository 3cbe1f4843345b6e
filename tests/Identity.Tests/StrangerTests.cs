using System.Diagnostics;
using Assize.TestKit;
using Xunit;

namespace Assize.Identity.Tests;

/// <summary>A certified client that others wrote (npm openid-client) goes through the whole flow.</summary>
public sealed class StrangerTests
{
    [Fact]
    public async Task OpenIdClient_DrivesTheCodeFlow()
    {
        Component.Require("node_modules/openid-client", Found("node_modules/openid-client"));
        await using RunningServer server = await RunningServer.StartAsync();
        (string id, string secret) = server.ClientFile("demo-client.json");
        ProcessStartInfo start = new("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        foreach (string argument in (string[])[Repository.PathOf("tests/Identity.Tests/stranger.mjs"), server.Url.AbsoluteUri, id, secret, HostKeys.Id, server.Host.Private])
        {
            start.ArgumentList.Add(argument);
        }

        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, $"{await output}\n{errors}");
    }

    private static string? Found(string path) => System.IO.Directory.Exists(Repository.PathOf(path)) ? path : null;
}
