namespace Assize.Workflows.Erasure;

/// <summary>Somebody asked that personal data be erased; another person approves, or refuses. Kept for ever, as the record that it was done.</summary>
public sealed class ErasureRequest
{
    public required string Id { get; init; }
    public required string CaseId { get; init; }

    /// <summary>Null: everybody in the case.</summary>
    public string? DefendantId { get; init; }

    /// <summary>The agency that owns the case and decides.</summary>
    public required string Agency { get; init; }

    /// <summary>Why, without naming anybody.</summary>
    public required string Reason { get; init; }
    public required string LegalBasis { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>One of <see cref="ErasureState"/>.</summary>
    public required string State { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>How many values, rows and messages were emptied.</summary>
    public int Erased { get; set; }
}

public static class ErasureState
{
    public const string Requested = "requested";
    public const string Done = "done";
    public const string Refused = "refused";
}
