using System.Net;

namespace Assize.Identity;

/// <summary>Everything an operator may set for the identity server.</summary>
public sealed record IdentitySettings
{
    /// <summary><c>ASSIZE_IDENTITY_URL</c>: where it listens, how browsers reach it, and its issuer.</summary>
    public required Uri Url { get; init; }

    /// <summary><c>ASSIZE_HOST_URL</c>: where Host's sign-in is answered to.</summary>
    public required Uri HostUrl { get; init; }

    /// <summary><c>ASSIZE_IDENTITY_DATABASE</c>: an Npgsql connection string; empty means an SQLite file in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary><c>ASSIZE_DATA</c>: the folder of the SQLite file, of clients' secrets and of the protection certificate.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>ASSIZE_DEPLOYMENT</c>. Unset means Production: a list of people to sign in as has to be asked for.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>
    /// <c>ASSIZE_HOST_CLIENT_PUBLIC_KEY</c> names a file with the JSON Web Key Set that Host signs in with; this is its text. Beside Host in one process it comes
    /// from Host. Empty means that Host stays as it was registered before.
    /// </summary>
    public string? HostClientKeys { get; init; }

    /// <summary><c>ASSIZE_IDENTITY_CERTIFICATE</c>: a PKCS #12 file that protects the stored keys; several servers on one database need the same. Empty means one made in the data folder.</summary>
    public string? ProtectionCertificate { get; init; }

    /// <summary><c>ASSIZE_IDENTITY_RATE</c>: sign-in and token requests that one address may make in ten seconds.</summary>
    public int RequestsPerTenSeconds { get; init; } = 300;

    /// <summary>Requests for tokens, pushed requests and revocations that one client may make in ten seconds, once it has proved who it is.</summary>
    public int RequestsPerClient { get; init; } = 5000;

    /// <summary>Questions that one client may ask about tokens in ten seconds: Host asks about each session every five.</summary>
    public int IntrospectionsPerClient { get; init; } = 50_000;

    /// <summary>Sign-ins and token requests for one person in ten seconds.</summary>
    public int RequestsPerSubject { get; init; } = 200;

    /// <summary>Requests for provisioning, and as many for administration, that one agency may make in ten seconds.</summary>
    public int RequestsPerAgency { get; init; } = 1000;

    /// <summary><c>ASSIZE_IDENTITY_LISTEN</c>: where it listens, if not at its address: behind a proxy that ends TLS, say <c>http://127.0.0.1:5081</c>.</summary>
    public Uri? ListenUrl { get; init; }

    /// <summary><c>ASSIZE_PROXIES</c>: addresses or networks, separated by commas, whose forwarded headers are believed. Empty means nobody's.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary><c>ASSIZE_IDENTITY_TLS</c>: a PKCS #12 file with the server's certificate, where it speaks TLS itself.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary><c>ASSIZE_IDENTITY_MTLS_URL</c>: a second https address that asks systems for a certificate and binds their tokens to it. Needs the certificate and the authorities.</summary>
    public Uri? MutualTlsUrl { get; init; }

    /// <summary><c>ASSIZE_IDENTITY_CLIENT_CA</c>: a PEM file with the authorities that systems' certificates come from.</summary>
    public string? ClientAuthorities { get; init; }

    /// <summary><c>ASSIZE_IDENTITY_AUDIT_SECRET</c>: the file whose secret encrypts the key that audit roots are signed with; empty means one made in the data folder.</summary>
    public string? AuditSecret { get; init; }

    /// <summary><c>ASSIZE_AUDIT_ROOTS</c>: minutes between two signed roots of an audit stream.</summary>
    public TimeSpan AuditRootsEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>ASSIZE_UPSTREAM_LOOPBACK</c>: "yes" lets agencies' providers be on this machine, over http too. In a demonstration only.</summary>
    public bool AllowsLoopbackUpstreams { get; init; }

    /// <summary><c>ASSIZE_UPSTREAM_ROOTS</c>: a PEM file of certificate authorities that agencies' providers may also be signed by.</summary>
    public string? UpstreamRoots { get; init; }

    /// <summary>How long one request to an agency's provider may take.</summary>
    public TimeSpan UpstreamPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How this server is registered with Entra ID; null where it is not.</summary>
    public EntraSettings? Entra { get; init; }

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    /// <exception cref="InvalidOperationException">A value is not what its name promises, or two contradict each other.</exception>
    public static IdentitySettings From(IConfiguration configuration)
    {
        Deployment deployment = DeploymentOf(configuration);
        return new IdentitySettings
        {
            Url = Address(configuration, "ASSIZE_IDENTITY_URL", "http://localhost:5081"),
            HostUrl = Address(configuration, "ASSIZE_HOST_URL", "http://localhost:5080"),
            Database = Given(configuration, "ASSIZE_IDENTITY_DATABASE"),
            DataFolder = Path.GetFullPath(Given(configuration, "ASSIZE_DATA") ?? ".data"),
            Deployment = deployment,
            HostClientKeys = Given(configuration, "ASSIZE_HOST_CLIENT_PUBLIC_KEY") is { } file ? File.ReadAllText(file) : null,
            ProtectionCertificate = Given(configuration, "ASSIZE_IDENTITY_CERTIFICATE"),
            RequestsPerTenSeconds = Rate(configuration),
            ListenUrl = Given(configuration, "ASSIZE_IDENTITY_LISTEN") is null ? null : Address(configuration, "ASSIZE_IDENTITY_LISTEN", ""),
            Proxies = Networks(configuration),
            TlsCertificate = Given(configuration, "ASSIZE_IDENTITY_TLS"),
            MutualTlsUrl = Given(configuration, "ASSIZE_IDENTITY_MTLS_URL") is null ? null : Address(configuration, "ASSIZE_IDENTITY_MTLS_URL", ""),
            ClientAuthorities = Given(configuration, "ASSIZE_IDENTITY_CLIENT_CA"),
            AuditSecret = Given(configuration, "ASSIZE_IDENTITY_AUDIT_SECRET"),
            AuditRootsEvery = RootsEvery(configuration),
            AllowsLoopbackUpstreams = Loopback(configuration, deployment),
            UpstreamRoots = Given(configuration, "ASSIZE_UPSTREAM_ROOTS"),
            Entra = EntraSettings.From(name => Given(configuration, name)),
        };
    }

    private static Deployment DeploymentOf(IConfiguration configuration)
    {
        string text = Given(configuration, "ASSIZE_DEPLOYMENT") ?? nameof(Deployment.Production);
        if (text is not (nameof(Deployment.Demonstration) or nameof(Deployment.Production)))
        {
            throw new InvalidOperationException($"Expected ASSIZE_DEPLOYMENT to be Demonstration or Production, but it is “{text}”.");
        }
        Deployment deployment = Enum.Parse<Deployment>(text);
        foreach (string name in (string[])["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"])
        {
            if (deployment == Deployment.Demonstration && string.Equals(configuration[name], "Production", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"Expected no demonstration where {name} is Production, but ASSIZE_DEPLOYMENT is Demonstration. Anybody could sign in as anybody.");
            }
        }
        return deployment;
    }

    private static TimeSpan RootsEvery(IConfiguration configuration) => Given(configuration, "ASSIZE_AUDIT_ROOTS") switch
    {
        null => TimeSpan.FromHours(1),
        string text when int.TryParse(text, out int minutes) && minutes is > 0 and <= 24 * 60 => TimeSpan.FromMinutes(minutes),
        string text => throw new InvalidOperationException($"Expected ASSIZE_AUDIT_ROOTS to be 1 to 1440 minutes, but it is “{text}”."),
    };

    private static bool Loopback(IConfiguration configuration, Deployment deployment) => Given(configuration, "ASSIZE_UPSTREAM_LOOPBACK") switch
    {
        null or "no" => false,
        "yes" when deployment == Deployment.Demonstration => true,
        "yes" => throw new InvalidOperationException("Expected ASSIZE_UPSTREAM_LOOPBACK only in a demonstration, but ASSIZE_DEPLOYMENT is Production."),
        string text => throw new InvalidOperationException($"Expected ASSIZE_UPSTREAM_LOOPBACK to be yes or no, but it is “{text}”."),
    };

    private static int Rate(IConfiguration configuration) => Given(configuration, "ASSIZE_IDENTITY_RATE") switch
    {
        null => 300,
        string text when int.TryParse(text, out int rate) && rate > 0 => rate,
        string text => throw new InvalidOperationException($"Expected ASSIZE_IDENTITY_RATE to be a whole number above 0, but it is “{text}”."),
    };

    private static List<IPNetwork> Networks(IConfiguration configuration) =>
        [.. (Given(configuration, "ASSIZE_PROXIES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text =>
            IPNetwork.TryParse(text, out IPNetwork network) ? network
            : IPAddress.TryParse(text, out IPAddress? address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new InvalidOperationException($"Expected ASSIZE_PROXIES to hold addresses or networks, but “{text}” is neither."))];

    private static string? Given(IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name];

    private static Uri Address(IConfiguration configuration, string name, string otherwise)
    {
        string text = Given(configuration, name) ?? otherwise;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new InvalidOperationException($"Expected {name} to be an absolute http or https address, but it is “{text}”.");
    }
}

public enum Deployment { Production, Demonstration }
