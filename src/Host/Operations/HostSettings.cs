using System.Net;
using Assize.Host.Operations.Storage;

namespace Assize.Host.Operations;

/// <summary>Everything an operator may set, by environment variable or <c>appsettings.json</c>.</summary>
public sealed record HostSettings
{
    /// <summary><c>ASSIZE_HOST_URL</c>: where this application listens and how browsers reach it.</summary>
    public required Uri HostUrl { get; init; }

    /// <summary><c>ASSIZE_HOST_LISTEN</c>: where it listens, if not at its address: behind a proxy that ends TLS, say <c>http://127.0.0.1:5080</c>.</summary>
    public Uri? ListenUrl { get; init; }

    /// <summary><c>ASSIZE_HOST_TLS</c>: a PKCS #12 file without a password with the server's certificate, where it speaks TLS itself.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary><c>ASSIZE_HOST_MTLS_URL</c>: a second https address, where systems show the certificate that their tokens are bound to. Needs the certificate and the authorities.</summary>
    public Uri? MutualTlsUrl { get; init; }

    /// <summary><c>ASSIZE_HOST_CLIENT_CA</c>: a PEM file with the authorities that systems' certificates come from.</summary>
    public string? ClientAuthorities { get; init; }

    /// <summary><c>ASSIZE_PROXIES</c>: addresses or networks, separated by commas, whose forwarded headers are believed. Empty means nobody's.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary><c>ASSIZE_METRICS_READERS</c>: addresses or networks, separated by commas, that may read <c>/metrics</c>; by default this machine.</summary>
    public IReadOnlyList<IPNetwork> MetricsReaders { get; init; } = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary><c>ASSIZE_IDENTITY_URL</c>: the address of the identity server, its issuer too.</summary>
    public required Uri IdentityUrl { get; init; }

    /// <summary><c>ASSIZE_DATABASE</c>: an Npgsql connection string; empty means an SQLite file in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary><c>ASSIZE_IDENTITY_DATABASE</c>: the same for the embedded identity server.</summary>
    public string? IdentityDatabase { get; init; }

    /// <summary><c>ASSIZE_DATA</c>: the folder everything on disk is written to.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>ASSIZE_DEPLOYMENT</c>: <c>Demonstration</c>, or <c>Production</c>, which is meant where it is not set.</summary>
    /// <remarks>Unset means Production. Only a demonstration has the list of people to sign in as and a clock that can be shifted.</remarks>
    public required bool IsDemonstration { get; init; }

    /// <summary><c>ASSIZE_EMBED_IDENTITY</c>: whether the identity server runs in this process; by default in a demonstration.</summary>
    public required bool EmbedIdentity { get; init; }

    /// <summary><c>ASSIZE_HOST_CLIENT_KEY</c>: a file with the private JSON Web Key of this application; empty means one made in the data folder at first start.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary><c>ASSIZE_DEFINITIONS</c>: the folder of published definitions; by default the one built with the application.</summary>
    public required string DefinitionsFolder { get; init; }

    /// <summary><c>ASSIZE_AUDIT_SECRET</c>: the file whose secret encrypts the key that audit roots are signed with; by default one made in the data folder.</summary>
    public string? AuditSecret { get; init; }

    /// <summary><c>ASSIZE_AUDIT_ROOTS</c>: minutes between two signed roots of an audit stream; 60 by default.</summary>
    public int MinutesBetweenRoots { get; init; } = 60;

    /// <summary><c>ASSIZE_HOST_RATE</c>: how many times in ten seconds one address may begin or end a sign-in; 300 by default.</summary>
    public int SignInsPerTenSeconds { get; init; } = 300;

    /// <summary><c>ASSIZE_HOST_CERTIFICATE</c>: a PKCS #12 file without a password, whose certificate encrypts this application's data-protection keys; a demonstration makes one in the data folder.</summary>
    public string? ProtectionCertificate { get; init; }

    public bool UsesPostgres => !string.IsNullOrWhiteSpace(Database);

    /// <summary>The connection string of the case database, whichever it is.</summary>
    public string CaseConnection => UsesPostgres ? Database! : $"Data Source={SqlitePath}";

    public string SqlitePath => Path.Combine(DataFolder, "assize.db");

    /// <exception cref="InvalidOperationException">A value is not what its name promises; the message names it.</exception>
    public static HostSettings From(IConfiguration configuration)
    {
        var deployment = Named(configuration, "ASSIZE_DEPLOYMENT") ?? "Production";
        if (deployment is not ("Demonstration" or "Production"))
        {
            throw new InvalidOperationException($"Expected ASSIZE_DEPLOYMENT to be Demonstration or Production, but it is '{deployment}'.");
        }

        var settings = new HostSettings
        {
            HostUrl = Address(configuration, "ASSIZE_HOST_URL", "http://localhost:5080"),
            ListenUrl = Named(configuration, "ASSIZE_HOST_LISTEN") is null ? null : Address(configuration, "ASSIZE_HOST_LISTEN", ""),
            TlsCertificate = Named(configuration, "ASSIZE_HOST_TLS"),
            MutualTlsUrl = Named(configuration, "ASSIZE_HOST_MTLS_URL") is null ? null : Address(configuration, "ASSIZE_HOST_MTLS_URL", ""),
            ClientAuthorities = Named(configuration, "ASSIZE_HOST_CLIENT_CA"),
            Proxies = Networks(configuration, "ASSIZE_PROXIES"),
            IdentityUrl = Address(configuration, "ASSIZE_IDENTITY_URL", "http://localhost:5081"),
            Database = configuration["ASSIZE_DATABASE"],
            IdentityDatabase = configuration["ASSIZE_IDENTITY_DATABASE"],
            DataFolder = Path.GetFullPath(Named(configuration, "ASSIZE_DATA") ?? ".data"),
            IsDemonstration = deployment == "Demonstration",
            EmbedIdentity = Flag(configuration, "ASSIZE_EMBED_IDENTITY", deployment == "Demonstration"),
            ClientKeyFile = Named(configuration, "ASSIZE_HOST_CLIENT_KEY"),
            DefinitionsFolder = Path.GetFullPath(
                Named(configuration, "ASSIZE_DEFINITIONS") ?? Path.Combine(AppContext.BaseDirectory, "definitions")),
            ProtectionCertificate = Named(configuration, KeyProtection.Variable),
            AuditSecret = Named(configuration, "ASSIZE_AUDIT_SECRET"),
            MinutesBetweenRoots = Minutes(configuration, "ASSIZE_AUDIT_ROOTS", 60),
            SignInsPerTenSeconds = Rate(configuration, "ASSIZE_HOST_RATE", 300),
        };
        return Networks(configuration, "ASSIZE_METRICS_READERS") is { Count: > 0 } readers ? settings with { MetricsReaders = readers } : settings;
    }

    private static List<IPNetwork> Networks(IConfiguration configuration, string name) =>
        [.. (Named(configuration, name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text =>
            IPNetwork.TryParse(text, out var network) ? network
            : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new InvalidOperationException($"Expected {name} to hold addresses or networks, but '{text}' is neither."))];

    private static string? Named(IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name];

    private static Uri Address(IConfiguration configuration, string name, string otherwise)
    {
        var text = Named(configuration, name) ?? otherwise;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new InvalidOperationException($"Expected {name} to be an absolute http or https address, but it is '{text}'.");
    }

    private static int Minutes(IConfiguration configuration, string name, int otherwise) =>
        Named(configuration, name) is not { } text ? otherwise
        : int.TryParse(text, out var minutes) && minutes is > 0 and <= 24 * 60 ? minutes
        : throw new InvalidOperationException($"Expected {name} to be 1 to 1440 minutes, but it is '{text}'.");

    private static int Rate(IConfiguration configuration, string name, int otherwise) =>
        Named(configuration, name) is not { } text ? otherwise
        : int.TryParse(text, out var rate) && rate > 0 ? rate
        : throw new InvalidOperationException($"Expected {name} to be a whole number above 0, but it is '{text}'.");

    private static bool Flag(IConfiguration configuration, string name, bool otherwise) =>
        Named(configuration, name) is not { } text ? otherwise
        : bool.TryParse(text, out var flag) ? flag
        : throw new InvalidOperationException($"Expected {name} to be true or false, but it is '{text}'.");
}
