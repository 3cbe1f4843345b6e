using Assize.Host.Demonstration.Journey;
using Assize.Host.Operations;
using Assize.Identity;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
var settings = HostSettings.From(configuration);
Directory.CreateDirectory(settings.DataFolder);

if (args is ["definitions", .. var rest])
{
    return await DefinitionsCommand.RunAsync(settings, rest, Console.Out, CancellationToken.None);
}

if (args is ["reference", .. var reference])
{
    return await ReferenceCommand.RunAsync(settings, reference, Console.Out, CancellationToken.None);
}

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
    await Preparation.RunAsync(host.Services, CancellationToken.None);
    await host.StartAsync();
    Console.WriteLine($"ready: {settings.HostUrl.GetLeftPart(UriPartial.Authority)}");
    return new RunningHost(identity, host);
}
