namespace Assize.Workflows.Hearings;

/// <summary>One sitting of a court on a case.</summary>
public sealed class Hearing
{
    public required string Id { get; init; }
    public required string CaseId { get; init; }
    public required string CourtOu { get; init; }
    public required string CourtName { get; init; }

    /// <summary>CJS hearing type, such as FH, TRIAL or SEN.</summary>
    public required string HearingType { get; init; }
    public required DateTimeOffset StartsAt { get; set; }

    /// <summary>One of <see cref="HearingState"/>.</summary>
    public required string State { get; set; }

    /// <summary>Counts the shares of results; a message is per version.</summary>
    public required int Version { get; set; }
}

public static class HearingState
{
    public const string Initialised = "INITIALISED";
    public const string Shared = "SHARED";
    public const string Vacated = "VACATED";
}

/// <summary>A defendant's part in a hearing, and what was ordered of them there.</summary>
public sealed class HearingDefendant
{
    public required string HearingId { get; init; }
    public required string DefendantId { get; init; }

    /// <summary>IN_PERSON, BY_VIDEO or NOT_PRESENT; null before the hearing.</summary>
    public string? Attendance { get; set; }

    /// <summary>Concluded, Adjourned, Sent or Warrant; Vacated where this part was taken out of the list; null before the results are shared.</summary>
    public string? Ordered { get; set; }

    /// <summary>JSON text: the shared result lines.</summary>
    public string? Results { get; set; }
    public DateTimeOffset? SharedAt { get; set; }
}
