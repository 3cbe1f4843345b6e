using Assize.Host.Operations;
using Assize.Host.Operations.Storage;

var settings = HostSettings.From(new ConfigurationBuilder().AddEnvironmentVariables().Build());
Directory.CreateDirectory(settings.DataFolder);

await using var host = HostApplication.Compose(HostApplication.Prepare(args, settings));
await HostDatabase.MigrateAsync(host.Services, CancellationToken.None);
await host.StartAsync();
Console.WriteLine($"ready: {settings.HostUrl.GetLeftPart(UriPartial.Authority)}");
await host.WaitForShutdownAsync();
