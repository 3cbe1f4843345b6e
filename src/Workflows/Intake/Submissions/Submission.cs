namespace Assize.Workflows.Intake.Submissions;

/// <summary>A prosecution that was sent to us, until it is a case or is rejected. Its id is the id of its unit.</summary>
public sealed class Submission
{
    public required string Id { get; init; }

    /// <summary>The agency that sent it.</summary>
    public required string Sender { get; init; }

    /// <summary>The client that sent it.</summary>
    public required string SentBy { get; init; }

    /// <summary>As corrected so far.</summary>
    public required string Authority { get; set; }
    public required string Urn { get; set; }

    /// <summary>The reference while nobody else may use it; null once the submission is rejected. Unique.</summary>
    public string? OpenUrn { get; set; }
    public required string MessageId { get; init; }

    /// <summary>"ChargeJson" or "PoliceXml".</summary>
    public required string Format { get; init; }

    /// <summary>JSON text: what was read from the received bytes. Never changed but by erasure.</summary>
    public required string Canonical { get; set; }

    /// <summary>JSON text: what the message said that the canonical form has no place for. Never changed but by erasure.</summary>
    public required string Unmapped { get; set; }

    /// <summary>JSON text: a list of <see cref="Correction"/>, in the order they were made.</summary>
    public required string Corrections { get; set; }

    /// <summary>JSON text: a list of problems, as last checked.</summary>
    public required string Problems { get; set; }

    /// <summary>One of <see cref="SubmissionState"/>.</summary>
    public required string State { get; set; }
    public string? CaseId { get; set; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
}

public static class SubmissionState
{
    public const string Pending = "PENDING";
    public const string PendingWithWarnings = "PENDING_WITH_WARNINGS";

    /// <summary>It has errors and waits for their correction.</summary>
    public const string Failed = "FAILED";

    /// <summary>The case exists.</summary>
    public const string Success = "SUCCESS";
    public const string SuccessWithWarnings = "SUCCESS_WITH_WARNINGS";

    /// <summary>A duplicate, or withdrawn by the force.</summary>
    public const string Rejected = "REJECTED";
}

/// <summary>The message exactly as it came; a row apart, because it is written once and read almost never.</summary>
public sealed class ReceivedMessage
{
    public required string SubmissionId { get; init; }

    /// <summary>Empty once erased; the digest stays.</summary>
    public required byte[] Bytes { get; set; }
    public required string ContentType { get; init; }
    public required string Digest { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}
