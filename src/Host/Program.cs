using Assize.Host.Operations;
using Assize.Host.Operations.Storage;
using Assize.Identity;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
var settings = HostSettings.From(configuration);
Directory.CreateDirectory(settings.DataFolder);

// A second application with its own container, address and database: HTTP stays the only contact between the two.
await using var identity = settings.EmbedIdentity ? IdentityServer.Build(IdentitySettings.From(configuration)) : null;
if (identity is not null)
{
    await identity.StartAsync();
}

await using var host = HostApplication.Compose(HostApplication.Prepare(args, settings));
await HostDatabase.MigrateAsync(host.Services, CancellationToken.None);
await host.StartAsync();
Console.WriteLine($"ready: {settings.HostUrl.GetLeftPart(UriPartial.Authority)}");
await host.WaitForShutdownAsync();
if (identity is not null)
{
    await identity.StopAsync();
}
