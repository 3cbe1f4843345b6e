namespace Assize.Identity.Federation.Enrolment;

/// <summary>An upstream on its way to use, or a changed one on its way to replace what is in use. What is in use stays as it is until the end.</summary>
public sealed class UpstreamEnrolment
{
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

    /// <summary>Lines of "acr value" or "amr value", each of which proves two factors.</summary>
    public string Assurance { get; init; } = "";

    /// <summary>The public key, as JSON Web Key, by which the agency proves that it wants this; its thumbprint is compared by telephone.</summary>
    public required string AgencyKey { get; init; }

    /// <summary>What the agency signs: chance, bound to everything above by its digest.</summary>
    public required string Challenge { get; init; }

    /// <summary>One of <see cref="EnrolmentStage"/>.</summary>
    public required string Stage { get; set; }

    /// <summary>The newest report, as JSON.</summary>
    public string? Report { get; set; }
    public DateTimeOffset? ProvedAt { get; set; }
    public required string DraftedBy { get; init; }
    public string? ProposedBy { get; set; }
    public string? ApprovedBy { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Revision { get; set; }
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
