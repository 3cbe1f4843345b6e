using System.Text.Json;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>What a platform administrator writes down of an agency's sign-in.</summary>
/// <param name="Upstream">Small letters, digits and hyphens, at most 64; part of the redirect address for ever.</param>
/// <param name="Agency">The agency's id; made with kind and name at activation where it is new.</param>
/// <param name="Kind">"oidc" or "entra".</param>
/// <param name="Issuer">The exact issuer, or the tenant's id.</param>
/// <param name="Authentication">"private_key_jwt" (a key is made here), "client_secret_basic" or "client_secret_post".</param>
/// <param name="TwoFactors">Values of "acr" or "amr" that prove two factors, as "acr value"; of a tenant one authentication context, as "acrs c1".</param>
/// <param name="AgencyKey">The agency's public key for this enrolment, P-256, as JSON Web Key.</param>
/// <param name="ExternalIdClaim">The claim that says what the agency's provisioning calls the person; the subject where absent.</param>
/// <param name="Contact">Who at the agency answers for this, and by which known number.</param>
public sealed record EnrolmentDraft(
    string Upstream, string Agency, string AgencyKind, string AgencyName, string Kind, string Issuer, string? ClientId, string? Authentication, string? ClientSecret,
    bool AdmitsNewcomers, IReadOnlyList<string>? TwoFactors, JsonElement AgencyKey, string? ExternalIdClaim = null, string? Contact = null);

/// <param name="Proof">A compact JWS of the challenge, see <see cref="EnrolmentEntry.Challenge"/>.</param>
public sealed record EnrolmentProof(string Proof);

/// <param name="UntestedReason">Why it goes on though its sign-in or its logout was not seen to work; absent where both were.</param>
public sealed record EnrolmentProposal(string? UntestedReason = null);

/// <param name="Link">Whoever opens it can try the agency's sign-in, and do nothing else.</param>
public sealed record TestLink(Uri Link, DateTimeOffset Until);

/// <summary>An enrolment as the wizard shows it.</summary>
/// <param name="Stage">"draft", "checked", "proposed", "approved", "active" or "abandoned".</param>
/// <param name="RedirectUri">What the agency registers with its provider.</param>
/// <param name="LogoutUri">Where the provider sends logout tokens; absent of a tenant, which sends none.</param>
/// <param name="ClientKey">Our public key, where we prove ourselves with one.</param>
/// <param name="Challenge">The agency signs it: a JWS with <c>typ</c> "assize-enrolment+jwt", <c>alg</c> ES256 and the claims <c>challenge</c>, <c>aud</c> (this server) and <c>iat</c> (at most a day old).</param>
/// <param name="AgencyKeyThumbprint">To be compared with the agency over a number that was known before.</param>
/// <param name="Next">What has to be done next, in words.</param>
public sealed record EnrolmentEntry(
    string Id, string Upstream, string Agency, string Kind, string Issuer, string? ClientId, string Stage, Uri RedirectUri, Uri? LogoutUri,
    IReadOnlyDictionary<string, string>? ClientKey, string Challenge, string AgencyKeyThumbprint, bool Proved, IReadOnlyList<CheckResult> Report,
    string DraftedBy, string? ProposedBy, string? ApprovedBy, string Next)
{
    /// <summary>Where the provider may push security events (RFC 8935); absent of a tenant, which sends none.</summary>
    public Uri? EventsUri { get; init; }

    /// <summary>Where the provider may send people back to after they sign out there; the agency registers it, too.</summary>
    public required Uri SignedOutUri { get; init; }
    public required string AgencyName { get; init; }
    public required string AgencyKind { get; init; }
    public string? Authentication { get; init; }
    public bool AdmitsNewcomers { get; init; }
    public string? ExternalIdClaim { get; init; }
    public string? Contact { get; init; }
    public required IReadOnlyList<string> TwoFactors { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the newest test sign-in brought.</summary>
    public TestReport? Test { get; init; }

    /// <summary>The provider says that it tells others when somebody signs out.</summary>
    public bool LogoutOffered { get; init; }

    /// <summary>When the provider told this server that the test's session has ended.</summary>
    public DateTimeOffset? LogoutSeenAt { get; init; }

    /// <summary>Why it was proposed though one of the two was not seen.</summary>
    public string? UntestedReason { get; init; }
}

/// <param name="Check">"metadata", "keys", "claims" or "logout" of the checks; "sign-in", "person", "externalId", "twoFactors", "age" or "session" of a test.</param>
/// <param name="Outcome">"passed", "failed" or "warning".</param>
/// <param name="Detail">What was found, and what to do about it.</param>
public sealed record CheckResult(string Check, string Outcome, string Detail)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Warning = "warning";
}

/// <summary>An upstream in use or suspended.</summary>
public sealed record UpstreamEntry(string Id, string Agency, string AgencyName, string Kind, string Issuer, string Status, bool AdmitsNewcomers);

/// <param name="Reason">Why it is suspended, for the audit.</param>
public sealed record SuspendUpstream(string? Reason);
