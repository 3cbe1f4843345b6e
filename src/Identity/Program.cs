using Assize.Identity;

IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
IdentitySettings settings = IdentitySettings.From(configuration);

await using WebApplication identity = IdentityServer.Build(settings);
await identity.StartAsync();
Console.WriteLine($"ready: {settings.Url.GetLeftPart(UriPartial.Authority)}");
await identity.WaitForShutdownAsync();
