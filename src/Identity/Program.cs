using Assize.Identity;
using Assize.Identity.Founding;

IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
IdentitySettings settings = IdentitySettings.From(configuration);

if (args is [PlatformCommand.Name, ..])
{
    return await PlatformCommand.RunAsync(settings, args, Console.Out, CancellationToken.None);
}
await using WebApplication identity = IdentityServer.Build(settings);
await identity.StartAsync();
Console.WriteLine($"ready: {settings.Url.GetLeftPart(UriPartial.Authority)}");
await identity.WaitForShutdownAsync();
return 0;
