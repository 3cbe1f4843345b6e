namespace Assize.Workflows.Cases;

/// <summary>The case record. Its id is the id of its unit of consistency, and of its first instance's unit.</summary>
public sealed class CaseFile
{
    public required string Id { get; init; }
    public required string Urn { get; init; }

    /// <summary>One of <see cref="CaseStatus"/>.</summary>
    public required string Status { get; set; }
    public required string Stage { get; set; }
    public required string OwnerAgency { get; init; }
    public required string ProsecutingAuthority { get; init; }
    public required string CourtOu { get; set; }
    public required string Area { get; init; }

    /// <summary>The gravest mode of trial among the offences; empty until it is known.</summary>
    public required string GravestModeOfTrial { get; set; }
    public required DateOnly LegalDate { get; init; }

    /// <summary>What kind of justice it is; home roles are given for one.</summary>
    public string Jurisdiction { get; set; } = "criminal";

    /// <summary>Who may see it: "public", "private" or "restricted".</summary>
    public string Classification { get; set; } = "private";

    /// <summary>A sealed case opens to grants that name it under its present epoch, and is unknown to everybody else.</summary>
    public bool Sealed { get; set; }

    /// <summary>Rises with every sealing.</summary>
    public int SealEpoch { get; set; }

    /// <summary>What a grant must carry beside its role; null: nothing.</summary>
    public string? NeedsAuthorisation { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ConcludedAt { get; set; }
    public string? Outcome { get; set; }
    public required bool Practice { get; init; }

    /// <summary>JSON text: ids of the agencies that take part, as in case_participant, beside the case so that no step has to look them up.</summary>
    public required string Participants { get; set; }
}

public static class CaseStatus
{
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";

    /// <summary>Opened in error: kept, with the reason, and worked on no more.</summary>
    public const string Closed = "CLOSED";
}

/// <summary>An agency that takes part in a case, and the recorded reason.</summary>
public sealed class CaseParticipant
{
    public required string CaseId { get; init; }
    public required string Agency { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required string Reason { get; set; }

    /// <summary>When it was recorded, by the real clock; null from before that was kept.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>By the real clock; its roles stop at once.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnReason { get; set; }

    /// <summary>The case's, so that an agency's newest cases are read off one index.</summary>
    public DateTimeOffset? CaseCreatedAt { get; init; }

    /// <summary>The case's, so that somebody who works in one area reads its cases off one index; null from before that was kept.</summary>
    public string? CaseArea { get; init; }
}

public sealed class Defendant
{
    public required string Id { get; init; }
    public required string CaseId { get; init; }
    public required int Ordinal { get; init; }
    public required string Name { get; set; }
    public required bool IsYouth { get; init; }

    /// <summary>One letter: A, B, C, L, P, S or U.</summary>
    public required string BailStatus { get; set; }

    /// <summary>JSON text: the particulars that the prosecutor sent.</summary>
    public required string Detail { get; set; }
    public required string Stage { get; set; }
    public string? Outcome { get; set; }
}

public sealed class Offence
{
    public required string Id { get; init; }
    public required string DefendantId { get; init; }
    public required int Sequence { get; init; }
    public required string Code { get; set; }
    public required string Title { get; set; }
    public required string Wording { get; set; }

    /// <summary>"summary", "either-way" or "indictable-only".</summary>
    public required string ModeOfTrial { get; set; }
    public DateOnly? StartDate { get; init; }
    public string? Plea { get; set; }
    public string? Verdict { get; set; }
    public DateOnly? ConvictionDate { get; set; }

    /// <summary>The day on which the prosecutor withdrew it; it is kept and goes no further.</summary>
    public DateOnly? WithdrawnOn { get; set; }

    /// <summary>Why, as the field lists it, such as "alternative-charge".</summary>
    public string? WithdrawnReason { get; set; }

    /// <summary>JSON text: value, vehicle, alcohol reading and the like.</summary>
    public required string Detail { get; set; }
}
