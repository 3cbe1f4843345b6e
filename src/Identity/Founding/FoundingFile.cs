using System.Text.Json;
using System.Text.Json.Serialization;
using Assize.Identity.Federation.Enrolment;

namespace Assize.Identity.Founding;

/// <summary>What an operator writes down before anybody can sign in: the agency that runs the platform, how its people sign in, and the first two who administer.</summary>
public sealed record FoundingFile
{
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Of the agency, small letters, digits and hyphens.</summary>
    public required string Agency { get; init; }
    public required string AgencyName { get; init; }
    public required FoundingUpstream Upstream { get; init; }

    /// <summary>Two people, neither of whom can act alone.</summary>
    public required IReadOnlyList<FoundingAdministrator> Administrators { get; init; }

    /// <exception cref="InvalidOperationException">The file cannot be read, or has members that it should not have.</exception>
    public static FoundingFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FoundingFile>(File.ReadAllText(path), s_strict) ?? throw new JsonException("it is empty");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InvalidOperationException($"Expected a file with the platform's agency, upstream and administrators, but {path} is none: {unreadable.Message}", unreadable);
        }
    }
}

/// <param name="Id">Part of the redirect address for ever.</param>
/// <param name="Kind">"oidc" or "entra".</param>
/// <param name="Issuer">The exact issuer, or the tenant's id.</param>
/// <param name="Authentication">"private_key_jwt" (a key is made here), "client_secret_basic" or "client_secret_post".</param>
/// <param name="ClientSecretFile">Where the secret stands, if there is one: it never stands in this file.</param>
/// <param name="TwoFactors">As at an enrolment: "acr value" or "amr value", or of a tenant one "acrs value".</param>
public sealed record FoundingUpstream(string Id, string Kind, string Issuer, string? ClientId = null, string? Authentication = null, string? ClientSecretFile = null, IReadOnlyList<string>? TwoFactors = null)
{
    internal EnrolmentDraft Draft(FoundingFile file) => new(Id, file.Agency, Directory.AgencyKind.Platform, file.AgencyName, Kind, Issuer, ClientId, Authentication,
        ClientSecretFile is null ? null : File.ReadAllText(ClientSecretFile).Trim(), AdmitsNewcomers: false, TwoFactors, default);
}

/// <param name="Subject">What their provider calls them: <c>sub</c>, or the object id in a tenant. Never an e-mail address.</param>
public sealed record FoundingAdministrator(string Subject, string Name);
