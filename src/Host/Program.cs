using Assize.Host.Demonstration.Journey;
using Assize.Host.Operations;
using Assize.Host.Operations.Storage;
using Assize.Identity;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
var settings = HostSettings.From(configuration);
Directory.CreateDirectory(settings.DataFolder);

if (args is ["demo"])
{
    return await DemoCommand.RunAsync(settings, async () => await StartAsync());
}

await using var running = await StartAsync();
await running.WaitForShutdownAsync();
return 0;

async Task<RunningHost> StartAsync()
{
    // A second application with its own container, address and database: HTTP stays the only contact between the two.
    var identity = settings.EmbedIdentity ? IdentityServer.Build(IdentitySettings.From(configuration)) : null;
    if (identity is not null)
    {
        await identity.StartAsync();
    }

    var host = HostApplication.Compose(HostApplication.Prepare(args, settings));
    await HostDatabase.MigrateAsync(host.Services, CancellationToken.None);
    await host.StartAsync();
    Console.WriteLine($"ready: {settings.HostUrl.GetLeftPart(UriPartial.Authority)}");
    return new RunningHost(identity, host);
}
