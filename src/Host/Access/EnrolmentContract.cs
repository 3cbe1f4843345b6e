namespace Assize.Host.Access;

/// <summary>An agency's way of signing in, on its way to use, as the identity server has it.</summary>
/// <param name="Kind">"oidc" or "entra".</param>
/// <param name="Stage">"draft", "checked", "proposed", "approved", "active" or "abandoned".</param>
/// <param name="RedirectUri">What the agency registers with its provider.</param>
/// <param name="LogoutUri">Where the provider sends logout tokens; absent of a tenant.</param>
/// <param name="ClientKey">This platform's public key, where it proves itself with one.</param>
public sealed record Enrolment(
    string Id, string Upstream, string Agency, string AgencyName, string AgencyKind, string Kind, string Issuer, string? ClientId, string? Authentication, string Stage,
    Uri RedirectUri, Uri? LogoutUri, IReadOnlyDictionary<string, string>? ClientKey, string Challenge, string AgencyKeyThumbprint, bool Proved)
{
    /// <summary>Where the provider may push security events; absent of a tenant.</summary>
    public Uri? EventsUri { get; init; }

    /// <summary>Where the provider sends people back to who signed out there.</summary>
    public Uri? SignedOutUri { get; init; }
    public required IReadOnlyList<EnrolmentFinding> Report { get; init; }
    public required IReadOnlyList<string> TwoFactors { get; init; }
    public required string DraftedBy { get; init; }
    public string? ProposedBy { get; init; }
    public string? ApprovedBy { get; init; }
    public bool AdmitsNewcomers { get; init; }
    public string? ExternalIdClaim { get; init; }
    public string? Contact { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public EnrolmentTest? Test { get; init; }
    public bool LogoutOffered { get; init; }
    public DateTimeOffset? LogoutSeenAt { get; init; }
    public string? UntestedReason { get; init; }

    /// <summary>Somebody signed in through it, and where the provider tells of sign-outs, that arrived as well.</summary>
    public bool IsSeenToWork => Test is { Passed: true } && (LogoutSeenAt is not null || !LogoutOffered);

    public bool IsOpen => Stage is not ("active" or "abandoned");
}

/// <param name="Outcome">"passed", "failed" or "warning".</param>
/// <param name="Detail">What was found and what to do about it.</param>
public sealed record EnrolmentFinding(string Check, string Outcome, string Detail);

/// <summary>What a test sign-in brought.</summary>
/// <param name="Person">Null where nobody arrived.</param>
public sealed record EnrolmentTest(DateTimeOffset At, string? Person, bool Passed, IReadOnlyList<EnrolmentFinding> Findings, IReadOnlyList<EnrolmentClaim> Claims);

/// <param name="Value">Kept of the claims that decide something here.</param>
public sealed record EnrolmentClaim(string Name, string? Value);

public sealed record EnrolmentTestLink(Uri Link, DateTimeOffset Until);

/// <summary>A way of signing in that is in use, or was stopped.</summary>
public sealed record UpstreamLine(string Id, string Agency, string AgencyName, string Kind, string Issuer, string Status);
