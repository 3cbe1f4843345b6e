using System.Text.Json;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>What a platform administrator writes down of an agency's sign-in.</summary>
/// <param name="Upstream">Small letters, digits and hyphens, at most 64; part of the redirect address for ever.</param>
/// <param name="Agency">The agency's id; made with kind and name at activation where it is new.</param>
/// <param name="Kind">"oidc" or "entra".</param>
/// <param name="Issuer">The exact issuer, or the tenant's id.</param>
/// <param name="Authentication">"private_key_jwt" (a key is made here), "client_secret_basic" or "client_secret_post".</param>
/// <param name="TwoFactors">Values of "acr" or "amr" that prove two factors, as "acr value".</param>
/// <param name="AgencyKey">The agency's public key for this enrolment, P-256, as JSON Web Key.</param>
public sealed record EnrolmentDraft(
    string Upstream, string Agency, string AgencyKind, string AgencyName, string Kind, string Issuer, string? ClientId, string? Authentication, string? ClientSecret,
    bool AdmitsNewcomers, IReadOnlyList<string>? TwoFactors, JsonElement AgencyKey);

/// <param name="Proof">A compact JWS of the challenge, see <see cref="EnrolmentEntry.Challenge"/>.</param>
public sealed record EnrolmentProof(string Proof);

/// <summary>An enrolment as the wizard shows it.</summary>
/// <param name="Stage">"draft", "checked", "proposed", "approved", "active" or "abandoned".</param>
/// <param name="RedirectUri">What the agency registers with its provider.</param>
/// <param name="LogoutUri">Where the provider sends logout tokens.</param>
/// <param name="ClientKey">Our public key, where we prove ourselves with one.</param>
/// <param name="Challenge">The agency signs it: a JWS with <c>typ</c> "assize-enrolment+jwt", <c>alg</c> ES256 and the claims <c>challenge</c>, <c>aud</c> (this server) and <c>iat</c> (at most a day old).</param>
/// <param name="AgencyKeyThumbprint">To be compared with the agency over a number that was known before.</param>
/// <param name="Next">What has to be done next, in words.</param>
public sealed record EnrolmentEntry(
    string Id, string Upstream, string Agency, string Kind, string Issuer, string? ClientId, string Stage, Uri RedirectUri, Uri LogoutUri,
    IReadOnlyDictionary<string, string>? ClientKey, string Challenge, string AgencyKeyThumbprint, bool Proved, IReadOnlyList<CheckResult> Report,
    string DraftedBy, string? ProposedBy, string? ApprovedBy, string Next);

/// <param name="Check">"metadata", "keys" or "logout".</param>
/// <param name="Outcome">"passed", "failed" or "warning".</param>
/// <param name="Detail">What was found, and what to do about it.</param>
public sealed record CheckResult(string Check, string Outcome, string Detail)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Warning = "warning";
}

/// <summary>An upstream in use or suspended.</summary>
public sealed record UpstreamEntry(string Id, string Agency, string Kind, string Issuer, string Status, bool AdmitsNewcomers);

/// <param name="Reason">Why it is suspended, for the audit.</param>
public sealed record SuspendUpstream(string Reason);
