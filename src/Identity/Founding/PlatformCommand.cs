using System.Text.Json;
using Assize.Identity.Federation;
using Assize.Identity.Operations;
using Assize.Identity.Sessions;

namespace Assize.Identity.Founding;

/// <summary><c>appoint-platform-administrators &lt;file&gt;</c>: run by an operator on the server, before anybody can sign in.</summary>
public static class PlatformCommand
{
    public const string Name = "appoint-platform-administrators";

    /// <summary>0 where they were appointed; 1 where nothing was changed, 2 where the command was not understood.</summary>
    public static async Task<int> RunAsync(IdentitySettings settings, IReadOnlyList<string> arguments, TextWriter output, CancellationToken ct)
    {
        if (arguments is not [Name, string path])
        {
            await output.WriteLineAsync($"Expected “{Name} <file>”, but it was “{string.Join(' ', arguments)}”. The file is described in docs/recipes/first-administrators.md.");
            return 2;
        }
        try
        {
            FoundingFile file = FoundingFile.Read(path);
            await using WebApplication app = IdentityServer.Build(settings);
            await app.Services.GetServices<IHostedService>().OfType<Preparation>().Single().StartingAsync(ct);
            await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
            (Upstream? made, IReadOnlyList<string> problems) = await scope.ServiceProvider.GetRequiredService<FoundPlatform>().RunAsync(file, Environment.UserName, ct);
            await (made is null ? RefuseAsync(output, problems) : TellAsync(output, file, made, scope.ServiceProvider.GetRequiredService<Registrations>()));
            return made is null ? 1 : 0;
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await RefuseAsync(output, [refused.Message]);
            return 1;
        }
    }

    private static async Task RefuseAsync(TextWriter output, IReadOnlyList<string> problems)
    {
        await output.WriteLineAsync("Nobody was appointed.");
        foreach (string problem in problems)
        {
            await output.WriteLineAsync("  " + problem);
        }
    }

    private static async Task TellAsync(TextWriter output, FoundingFile file, Upstream made, Registrations registrations)
    {
        Uri redirect = registrations.RedirectUri(made.Id);
        bool entra = made.Kind == UpstreamKind.Entra;
        await output.WriteLineAsync($"{string.Join(" and ", file.Administrators.Select(one => one.Name))} administer the platform from now on. It is in the audit log.");
        await output.WriteLineAsync("Register with the provider, where it is not yet:");
        await output.WriteLineAsync($"  redirect address: {(entra ? new Uri(redirect, Federation.Entra.EntraSetup.CallbackPath) : redirect)}");
        if (!entra)
        {
            await output.WriteLineAsync($"  back-channel logout address: {new Uri(redirect, UpstreamLogout.Route.Replace("{id}", made.Id, StringComparison.Ordinal))}");
        }
        if (made.Authentication == UpstreamAuthentication.PrivateKey)
        {
            await output.WriteLineAsync($"  this server's public key: {JsonSerializer.Serialize(ClientKey.PublicJwk(registrations.Unprotect(made.ProtectedCredential!)))}");
        }
        await output.WriteLineAsync("Then start the server; both sign in by choosing their agency.");
    }
}
