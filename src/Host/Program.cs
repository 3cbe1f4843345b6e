using Assize.Host.Access;
using Assize.Host.Demonstration.Journey;
using Assize.Host.Demonstration.World;
using Assize.Host.Operations;
using Assize.Host.Operations.DefinitionCommands;
using Assize.Identity;
using Assize.Identity.Founding;

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

if (args is ["demo", "reset-clock"])
{
    return await DemoCommand.ResetClockAsync(settings, async () => await StartAsync());
}

if (args is ["demo"])
{
    return await DemoCommand.RunAsync(settings, async () => await StartAsync());
}

if (args is ["identity", .. var identityCommand])
{
    return await PlatformCommand.RunAsync(IdentitySettings.From(configuration), identityCommand, Console.Out, CancellationToken.None);
}

await using var running = await StartAsync();
await running.WaitForShutdownAsync();
return 0;

async Task<RunningHost> StartAsync()
{
    // A second application with its own container, address and database: HTTP stays the only contact between the two.
    var identity = settings.EmbedIdentity
        ? IdentityServer.Build(IdentitySettings.From(configuration) with { HostClientKeys = HostKey.PublicSet(HostKey.ReadOrCreate(settings.DataFolder, settings.ClientKeyFile)) })
        : null;
    if (identity is not null)
    {
        await identity.StartAsync();
    }

    var host = HostApplication.Compose(HostApplication.Prepare(args, settings));
    await Preparation.RunAsync(host.Services, CancellationToken.None);
    await host.StartAsync();
    if (host.Services.GetService<DemonstrationWorld>() is { } world)
    {
        await host.Services.GetRequiredService<DemonstrationRights>().GiveAsync(CancellationToken.None);
        await world.FillAsync(CancellationToken.None);
    }

    Console.WriteLine($"ready: {settings.HostUrl.GetLeftPart(UriPartial.Authority)}");
    if (settings.IsDemonstration)
    {
        Console.WriteLine("Sign in as Sam Carter (police), Helen Marsh (prosecution), Ruth Bellamy or Aisha Karim (court) or Nadia Rahman (defence); no password is asked.");
    }

    return new RunningHost(identity, host);
}
