using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Xunit;

namespace Assize.Identity.Tests.Operations;

public sealed class LogLineTests
{
    [Theory]
    [InlineData(Deployment.Demonstration)]
    [InlineData(Deployment.Production)]
    public async Task Entry_WithLineBreaksInIt_IsOneLine(Deployment deployment)
    {
        const string Forged = "/x\r\n{\"LogLevel\":\"Critical\"}\nfail: granted";
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-log-");
        await using WebApplication server = IdentityServer.Build(new IdentitySettings
        {
            Url = new Uri("https://identity.example"),
            HostUrl = new Uri("https://assize.example"),
            DataFolder = folder.FullName,
            Deployment = deployment,
        });
        string chosen = server.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName ?? ConsoleFormatterNames.Simple;
        ConsoleFormatter formatter = server.Services.GetServices<ConsoleFormatter>().Single(known => known.Name == chosen);
        await using StringWriter written = new();

        formatter.Write(new LogEntry<string>(LogLevel.Error, "Identity", default, $"A request failed: GET {Forged}.", new IOException($"Said {Forged}"), (state, _) => state), null, written);

        Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        folder.Delete(recursive: true);
    }
}
