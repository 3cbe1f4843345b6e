using System.Text.Json;
using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Storage;
using Assize.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Federation;

/// <summary>One identity server, an OpenID provider that others wrote and a fake of Entra ID, for all tests of the collection.</summary>
public class FederationWorld : IAsyncLifetime
{
    public const string Kent = "kent-police";
    public const string Essex = "essex-police";
    public const string Mercia = "west-mercia-police";
    public const string Tenant = "11111111-1111-1111-1111-111111111111";
    public const string Norfolk = "norfolk-police";
    public const string NorfolksTenant = "33333333-3333-3333-3333-333333333333";
    public const string ForeignTenant = "22222222-2222-2222-2222-222222222222";
    public const string Secret = "a-secret-of-a-test-that-is-long-enough";

    private readonly TestAuthority _authority = new();
    private NodeProcess? _provider;
    private NodeProcess? _entra;

    public RunningServer Server { get; private set; } = null!;

    /// <summary>The issuer of the provider that others wrote, where Kent's and Essex's people sign in.</summary>
    public string Provider => _provider!.Ready;

    /// <summary>The origin of the fake.</summary>
    public string Fake => _entra!.Ready;

    public string RootFile => _authority.RootFile;

    public async ValueTask InitializeAsync()
    {
        _entra = await NodeProcess.StartAsync("fake-entra.mjs", _authority.CertificateFile, _authority.KeyFile);
        Server = await RunningServer.StartAsync(change: settings => settings with
        {
            AllowsLoopbackUpstreams = true,
            UpstreamRoots = _authority.RootFile,
            UpstreamPatience = TimeSpan.FromSeconds(2),
            Entra = new EntraSettings { ClientId = "assize-in-entra", ClientSecret = Secret, Instance = new Uri(Fake + "/") },
        }, adjust: Weaken);
        string kentsKey = ClientKey.Make();
        _provider = await NodeProcess.StartAsync("agency-provider.mjs", $$"""
            {"clients":[{"client_id":"assize-kent","token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"ES256",
              "jwks":{"keys":[{{JsonSerializer.Serialize(ClientKey.PublicJwk(kentsKey))}}]},"redirect_uris":["{{Server.Url}}signin/agency/{{Kent}}"],
              "post_logout_redirect_uris":["{{Server.Url}}signin/agency/{{Kent}}/signed-out"],
              "backchannel_logout_uri":"{{Server.Url}}signin/agency/{{Kent}}/logout"}]}
            """);
        await AddAgencyAsync(Kent, "Kent Police");
        await AddAgencyAsync(Essex, "Essex Police");
        await AddAgencyAsync(Mercia, "West Mercia Police");
        await AddAgencyAsync(Norfolk, "Norfolk Police");
        Upstream kent = OpenId(Kent, Kent, Provider, "assize-kent", new UpstreamAssurance { UpstreamId = Kent, Claim = "acr", Value = "urn:kent:two-factors" });
        (kent.Authentication, kent.ProtectedCredential) = (UpstreamAuthentication.PrivateKey, Server.Services.GetRequiredService<Registrations>().Protect(kentsKey));
        await PutAsync(kent);
        await PutAsync(OpenId(Essex, Essex, Fake + "/honest", "assize-essex"));
        await PutAsync(OfTenant(Mercia, Tenant));
        await PutAsync(OfTenant(Norfolk, NorfolksTenant));
    }

    /// <summary>What a world of the attack tests lacks; nothing here.</summary>
    protected virtual void Weaken(WebApplicationBuilder builder)
    {
    }

    public AgencyBrowser Browser() => BrowserOf(Server);

    /// <summary>A browser of another server, whose people sign in at the same providers.</summary>
    public AgencyBrowser BrowserOf(RunningServer server) => new(server, _authority);

    public Upstream OpenId(string id, string agency, string issuer, string client, params UpstreamAssurance[] assurance) => new()
    {
        Id = id,
        AgencyId = agency,
        Kind = UpstreamKind.OpenId,
        Issuer = issuer,
        ClientId = client,
        Authentication = UpstreamAuthentication.Basic,
        ProtectedCredential = Server.Services.GetRequiredService<Registrations>().Protect(Secret),
        AdmitsNewcomers = true,
        Status = UpstreamStatus.Active,
        Assurance = [.. assurance],
    };

    private static Upstream OfTenant(string agency, string tenant) => new()
    {
        Id = agency,
        AgencyId = agency,
        Kind = UpstreamKind.Entra,
        Issuer = tenant,
        Status = UpstreamStatus.Active,
        AdmitsNewcomers = true,
    };

    public Task AddAgencyAsync(string id, string name) => InScopeAsync(services =>
        services.GetRequiredService<DirectoryWriter>().AddMissingAsync([new Agency { Id = id, Kind = "police", Name = name }], [], CancellationToken.None));

    public Task PutAsync(Upstream upstream) => InScopeAsync(services => services.GetRequiredService<UpstreamWriter>().PutAsync(upstream, CancellationToken.None));

    /// <summary>An account that the agency announced before its person came, or gave its status after.</summary>
    public Task AddAccountAsync(string agency, string issuer, string subject, string name, string status = AccountStatus.Active, string? email = null) => InScopeAsync(async services =>
    {
        Arrival arrival = new(agency, issuer, subject, name, null);
        DirectoryWriter directory = services.GetRequiredService<DirectoryWriter>();
        await directory.AddMissingAsync([], [new Account
        {
            Subject = Reception.SubjectOf(arrival, agency),
            Name = name,
            Email = email,
            AgencyId = agency,
            Status = status,
            Provider = issuer.Contains('/', StringComparison.Ordinal) ? UpstreamKind.OpenId : UpstreamKind.Entra,
            ProviderIssuer = issuer,
            ProviderSubject = subject,
        }], CancellationToken.None);
        await directory.SetStatusAsync(Reception.SubjectOf(arrival, agency), status, CancellationToken.None);
    });

    public Task SetStatusAsync(string upstream, string status) => InScopeAsync(services => services.GetRequiredService<UpstreamWriter>().SetStatusAsync(upstream, status, CancellationToken.None));

    public async Task<Account?> AccountAsync(string issuer, string subject)
    {
        Account? found = null;
        await InScopeAsync(async services => found = await services.GetRequiredService<IdentityDb>().Accounts.AsNoTracking()
            .SingleOrDefaultAsync(account => account.ProviderIssuer == issuer && account.ProviderSubject == subject));
        return found;
    }

    public async Task InScopeAsync(Func<IServiceProvider, Task> work)
    {
        await using AsyncServiceScope scope = Server.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
        foreach (NodeProcess? node in (NodeProcess?[])[_provider, _entra])
        {
            if (node is not null)
            {
                await node.DisposeAsync();
            }
        }
        _authority.Dispose();
        GC.SuppressFinalize(this);
    }
}

[CollectionDefinition(Name)]
public sealed class FederationCollection : ICollectionFixture<FederationWorld>
{
    public const string Name = "federation";
}
