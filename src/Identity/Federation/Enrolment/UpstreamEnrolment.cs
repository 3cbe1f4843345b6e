using System.Text.Json;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>An upstream on its way to use, or a changed one on its way to replace what is in use. What is in use stays as it is until the end.</summary>
public sealed class UpstreamEnrolment
{
    /// <summary>In the place of <see cref="AgencyKey"/> where nobody signs.</summary>
    public const string NoKey = "{}";

    public required string Id { get; init; }
    public required string UpstreamId { get; init; }
    public required string AgencyId { get; init; }
    public required string AgencyKind { get; init; }
    public required string AgencyName { get; init; }
    public required string Kind { get; init; }
    public required string Issuer { get; init; }
    public string? ClientId { get; init; }
    public string? Authentication { get; init; }
    public string? ProtectedCredential { get; init; }
    public bool AdmitsNewcomers { get; init; }

    /// <summary>As <see cref="Upstream.ExternalIdClaim"/>.</summary>
    public string? ExternalIdClaim { get; init; }

    /// <summary>Who at the agency answers for this, and by which known number they are called.</summary>
    public string? Contact { get; init; }

    /// <summary>Lines of "acr value" or "amr value", or of a tenant one "acrs value", each of which proves two factors.</summary>
    public string Assurance { get; init; } = "";

    /// <summary>The public key, as JSON Web Key, by which the agency proves that it wants this; its thumbprint is compared by telephone.</summary>
    public required string AgencyKey { get; init; }

    /// <summary>What the agency signs: chance, bound to everything above by its digest.</summary>
    public string Challenge { get; private set; } = "";

    /// <summary>One of <see cref="EnrolmentStage"/>.</summary>
    public required string Stage { get; set; }

    /// <summary>The newest report, as JSON.</summary>
    public string? Report { get; set; }
    public DateTimeOffset? ProvedAt { get; set; }

    /// <summary>Digest of the ticket in the link that opens the test, and until when it is good.</summary>
    public string? TestTicket { get; set; }
    public DateTimeOffset? TestTicketUntil { get; set; }

    /// <summary>What the newest test sign-in brought, as JSON.</summary>
    public string? Test { get; set; }
    public bool TestPassed { get; set; }

    /// <summary>The provider's names for the person and the session of the test, for its logout token.</summary>
    public string? TestSubject { get; set; }
    public string? TestSession { get; set; }
    public DateTimeOffset? TestLogoutAt { get; set; }

    /// <summary>Why it was proposed though its sign-in or its logout was not seen to work.</summary>
    public string? UntestedReason { get; set; }
    public required string DraftedBy { get; init; }
    public string? ProposedBy { get; set; }
    public string? ApprovedBy { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Revision { get; set; }

    /// <summary>Draws the challenge that stands for it as it is now.</summary>
    public void Bind(Uri redirectUri) => Challenge = AgencyProof.Challenge(Settings(redirectUri));

    /// <summary>What the agency signs and two administrators propose and approve is what it is now. The platform's own, which its operator founds, nobody signs.</summary>
    public bool IsAsSigned(Uri redirectUri) => Challenge.Length == 0 ? AgencyKey == NoKey : AgencyProof.StandsFor(Challenge, Settings(redirectUri));

    private List<string?> Settings(Uri redirectUri) =>
    [
        UpstreamId, AgencyId, AgencyKind, AgencyName, Kind, Issuer, ClientId, Authentication, ProtectedCredential, AdmitsNewcomers ? "newcomers" : null,
        ExternalIdClaim, Contact, redirectUri.AbsoluteUri, Assurance, AgencyKey == NoKey ? null : AgencyProof.Thumbprint(AgencyKey),
    ];

    public IReadOnlyList<CheckResult> Findings() => Report is null ? [] : JsonSerializer.Deserialize<List<CheckResult>>(Report, JsonSerializerOptions.Web)!;

    /// <summary>The provider says that it tells others when somebody signs out.</summary>
    public bool OffersLogout() => Findings().Any(finding => finding is { Check: "logout", Outcome: CheckResult.Passed });

    /// <summary>Somebody signed in through it, and where the provider offers that, its message about the end arrived.</summary>
    public bool IsSeenToWork() => TestPassed && (TestLogoutAt is not null || !OffersLogout());

    /// <summary>The upstream that it would become.</summary>
    public Upstream Upstream() => new()
    {
        Id = UpstreamId,
        AgencyId = AgencyId,
        Kind = Kind,
        Issuer = Issuer,
        ClientId = ClientId,
        Authentication = Authentication,
        ProtectedCredential = ProtectedCredential,
        AdmitsNewcomers = AdmitsNewcomers,
        ExternalIdClaim = ExternalIdClaim,
        Status = UpstreamStatus.Active,
        Assurance = [.. Assurance.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2))
            .Select(pair => new UpstreamAssurance { UpstreamId = UpstreamId, Claim = pair[0], Value = pair[1] })],
    };
}

public static class EnrolmentStage
{
    public const string Draft = "draft";
    public const string Checked = "checked";
    public const string Proposed = "proposed";
    public const string Approved = "approved";
    public const string Active = "active";
    public const string Abandoned = "abandoned";
}
