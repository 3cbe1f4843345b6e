using System.Text.Json;
using Assize.Identity.Federation.Entra;
using Assize.Identity.Federation.Outbound;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>Looks at a provider as sign-ins will, before anybody depends on it. Everything it fetches goes through the guarded client.</summary>
internal sealed class UpstreamChecks(IHttpClientFactory http, IdentitySettings settings)
{
    private static readonly string[] s_algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly string[] s_addresses = ["authorization_endpoint", "token_endpoint", "jwks_uri"];

    /// <summary>Whether no setting is another than when the agency was asked to sign.</summary>
    public bool IsAsSigned(UpstreamEnrolment enrolment) => enrolment.IsAsSigned(Registrations.RedirectUri(settings.Url, enrolment.UpstreamId));

    public async Task<IReadOnlyList<CheckResult>> RunAsync(UpstreamEnrolment enrolment, CancellationToken ct)
    {
        string issuer = enrolment.Issuer;
        if (enrolment.Kind == UpstreamKind.Entra)
        {
            if (settings.Entra is not { } entra)
            {
                return [new("metadata", CheckResult.Failed, "This server is not registered with Entra ID. An operator has to set ASSIZE_ENTRA_CLIENT_ID first.")];
            }
            issuer = $"{entra.Instance.AbsoluteUri}{EntraIssuer.TenantOf(enrolment.Issuer)}/v2.0";
        }
        (JsonElement? metadata, string? problem) = await FetchAsync(issuer.TrimEnd('/') + "/.well-known/openid-configuration", ct);
        if (metadata is not { } found)
        {
            return [new("metadata", CheckResult.Failed, $"The provider's metadata could not be read. {problem}")];
        }
        try
        {
            return [Metadata(found, issuer, enrolment), await KeysAsync(found, ct), Claims(found, enrolment), Logout(found, enrolment)];
        }
        catch (InvalidOperationException)
        {
            return [new("metadata", CheckResult.Failed, "The provider's metadata could not be read. A text in it has half a character.")];
        }
    }

    private CheckResult Metadata(JsonElement metadata, string issuer, UpstreamEnrolment enrolment)
    {
        string? wrong =
            Text(metadata, "issuer") != issuer ? $"It calls itself “{Text(metadata, "issuer")}”, but the enrolment says “{issuer}”. The two must be equal, character for character."
            : s_addresses.FirstOrDefault(name => !IsSecure(Text(metadata, name))) is { } bad ? $"Its {bad} is missing or not an https address."
            : !Lists(metadata, "response_types_supported").Contains("code") ? "It does not offer the response type “code”."
            : !Lists(metadata, "code_challenge_methods_supported", absent: enrolment.Kind == UpstreamKind.Entra ? "S256" : null).Contains("S256") ? "It does not offer the code challenge method S256."
            : enrolment.Authentication is { } way && !Lists(metadata, "token_endpoint_auth_methods_supported", absent: UpstreamAuthentication.Basic).Contains(way) ? $"It does not offer {way}."
            : !Lists(metadata, "id_token_signing_alg_values_supported").Intersect(s_algorithms).Any() ? "It signs with none of the algorithms that are accepted here (RSA or elliptic curve)."
            : null;
        return wrong is null
            ? new("metadata", CheckResult.Passed, "The metadata is the issuer's own, over https, and offers what is needed.")
            : new("metadata", CheckResult.Failed, wrong);
    }

    private async Task<CheckResult> KeysAsync(JsonElement metadata, CancellationToken ct)
    {
        (JsonElement? document, string? problem) = await FetchAsync(Text(metadata, "jwks_uri") ?? "", ct);
        if (document is not { } keys)
        {
            return new("keys", CheckResult.Failed, $"The keys could not be read. {problem}");
        }
        try
        {
            return Usable([.. new JsonWebKeySet(keys.GetRawText()).Keys.Where(key => key.Use is null or "sig" && key.Kty is "RSA" or "EC")]);
        }
        catch (Exception garbled) when (garbled is ArgumentException or FormatException or JsonException or InvalidOperationException)
        {
            return new("keys", CheckResult.Failed, "The answer is not a set of keys (JSON Web Key Set), or one of them cannot be read.");
        }
    }

    private static CheckResult Usable(JsonWebKey[] usable) =>
        usable.Length == 0 ? new("keys", CheckResult.Failed, "There is no key that a token could be signed with.")
            : usable.Any(key => key.HasPrivateKey) ? new("keys", CheckResult.Failed, "A private key is published. The agency must replace it at once.")
            : usable.Any(key => key is { Kty: "RSA", KeySize: < 2048 }) ? new("keys", CheckResult.Failed, "A key is shorter than 2048 bits.")
            : usable.Any(key => string.IsNullOrEmpty(key.Kid)) ? new("keys", CheckResult.Warning, "A key has no id, so changing keys may interrupt sign-in.")
            : new("keys", CheckResult.Passed, $"{usable.Length} usable {(usable.Length == 1 ? "key" : "keys")}.");

    // What a provider lists is a promise at best; the test sign-in shows what really comes.
    private static CheckResult Claims(JsonElement metadata, UpstreamEnrolment enrolment)
    {
        string[] said = [.. Lists(metadata, "claims_supported")];
        string[] wanted = enrolment.Kind == UpstreamKind.Entra ? ["tid", "oid", "name"] : enrolment.ExternalIdClaim is { } own ? ["sub", "name", own] : ["sub", "name"];
        string[] missing = [.. wanted.Except(said)];
        return said.Length == 0 ? new("claims", CheckResult.Warning, "The metadata does not list the claims that tokens have. The test sign-in shows them.")
            : missing.Length > 0 ? new("claims", CheckResult.Warning, $"The metadata does not list {string.Join(", ", missing.Select(name => $"“{name}”"))}. The test sign-in shows whether tokens have it.")
            : new("claims", CheckResult.Passed, "The metadata lists the claims that are read here.");
    }

    private static CheckResult Logout(JsonElement metadata, UpstreamEnrolment enrolment) => enrolment.Kind == UpstreamKind.Entra
        ? new("logout", CheckResult.Warning, "Entra ID tells nobody when somebody signs out. Leavers lose access by SCIM or by an administrator only, so the agency should provision its people.")
        : metadata.TryGetProperty("backchannel_logout_supported", out JsonElement supported) && supported.ValueKind == JsonValueKind.True
            ? new("logout", CheckResult.Passed, "The provider can tell this server when somebody signs out. The agency has to register the logout address.")
            : new("logout", CheckResult.Warning, "The provider does not say that it tells others when somebody signs out. Leavers then lose access by SCIM or by an administrator only.");

    private async Task<(JsonElement? Json, string? Problem)> FetchAsync(string address, CancellationToken ct)
    {
        try
        {
            using HttpClient client = http.CreateClient(OutboundSetup.Client);
            using HttpResponseMessage answer = await client.GetAsync(new Uri(address, UriKind.Absolute), ct);
            if (!answer.IsSuccessStatusCode)
            {
                return (null, $"It answered with status {(int)answer.StatusCode}; redirects are not followed.");
            }
            JsonElement json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct)).RootElement;
            return json.ValueKind == JsonValueKind.Object ? (json, null) : (null, "Its answer is not a JSON object.");
        }
        catch (HttpRequestException refused)
        {
            return (null, refused is OutboundRefusedException ? refused.Message : refused.InnerException is OutboundRefusedException inner ? inner.Message : "It cannot be reached, or its certificate is not trusted.");
        }
        catch (IOException)
        {
            return (null, "Its answer broke off before its end.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or UriFormatException or NotSupportedException or InvalidOperationException)
        {
            return (null, "It is not an address, or its answer is not JSON.");
        }
    }

    private bool IsSecure(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || (settings.AllowsLoopbackUpstreams && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Lists(JsonElement json, string name, string? absent = null) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
            : absent is null ? [] : [absent];
}
