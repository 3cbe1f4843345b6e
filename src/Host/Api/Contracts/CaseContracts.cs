using System.Text.Json.Nodes;

namespace Assize.Host.Api.Contracts;

/// <summary>A case in a list.</summary>
public sealed record CaseItem
{
    /// <summary>The unique reference number that the prosecutor gave it.</summary>
    public required string Urn { get; init; }

    /// <summary><c>ACTIVE</c>, <c>INACTIVE</c> (concluded) or <c>CLOSED</c> (opened in error).</summary>
    public required string Status { get; init; }

    /// <summary>The stage it stands at.</summary>
    public required string Stage { get; init; }

    /// <summary>How it ended, once it has.</summary>
    public string? Outcome { get; init; }

    /// <summary>The organisation-unit code of who prosecutes.</summary>
    public required string ProsecutingAuthority { get; init; }

    /// <summary>The name of who prosecutes; the code where no list has a name for it.</summary>
    public required string ProsecutingAuthorityName { get; init; }

    /// <summary>The court's organisation unit.</summary>
    public required string CourtOu { get; init; }

    /// <summary>Names of the defendants, in their order.</summary>
    public required IReadOnlyList<string> Defendants { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A case with its record.</summary>
public sealed record CaseDetail
{
    /// <summary>The case as lists show it.</summary>
    public required CaseItem Case { get; init; }

    /// <summary>The gravest mode of trial among its offences.</summary>
    public required string GravestModeOfTrial { get; init; }

    /// <summary>The area it belongs to.</summary>
    public required string Area { get; init; }

    /// <summary>The day by which rules are chosen: the earliest charge.</summary>
    public required DateOnly LegalDate { get; init; }

    /// <summary>When it concluded.</summary>
    public DateTimeOffset? ConcludedAt { get; init; }

    /// <summary>True for a practice case, whose messages go nowhere.</summary>
    public required bool Practice { get; init; }

    /// <summary>How many of its steps went wrong and wait for somebody to look at.</summary>
    public required int Incidents { get; init; }

    /// <summary>The agencies that take part, and why.</summary>
    public required IReadOnlyList<CaseParticipantItem> Participants { get; init; }

    /// <summary>The defendants with their offences.</summary>
    public required IReadOnlyList<DefendantItem> Defendants { get; init; }

    /// <summary>Hearings, the earliest first.</summary>
    public required IReadOnlyList<HearingItem> Hearings { get; init; }

    /// <summary>Messages to agencies, the newest first.</summary>
    public required IReadOnlyList<CaseMessageItem> Messages { get; init; }
}

/// <summary>An agency that takes part in a case.</summary>
/// <param name="Agency">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why: what made it a participant.</param>
public sealed record CaseParticipantItem(string Agency, string Name, DateTimeOffset Since, string Reason);

/// <summary>A defendant of a case.</summary>
public sealed record DefendantItem
{
    /// <summary>The defendant's id.</summary>
    public required string Id { get; init; }

    /// <summary>Place among the case's defendants, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Full name.</summary>
    public required string Name { get; init; }

    /// <summary>Under 18 when charged.</summary>
    public required bool IsYouth { get; init; }

    /// <summary>Bail status, one letter as in the charge message.</summary>
    public required string BailStatus { get; init; }

    /// <summary>The stage this defendant stands at.</summary>
    public required string Stage { get; init; }

    /// <summary>How it ended for this defendant, once it has.</summary>
    public string? Outcome { get; init; }

    /// <summary>The offences charged.</summary>
    public required IReadOnlyList<OffenceItem> Offences { get; init; }
}

/// <summary>An offence charged.</summary>
/// <param name="Sequence">Its number within the defendant.</param>
/// <param name="Code">CJS offence code.</param>
/// <param name="Title">Its name.</param>
/// <param name="Wording">The charge as worded.</param>
/// <param name="ModeOfTrial"><c>summary</c>, <c>either-way</c> or <c>indictable-only</c>.</param>
/// <param name="StartDate">The day, or the first day, of the offence.</param>
/// <param name="Plea">The plea entered.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="ConvictionDate">The day of conviction.</param>
/// <param name="WithdrawnOn">The day on which the prosecutor withdrew it; null where it stands.</param>
/// <param name="WithdrawnReason">Why, such as <c>alternative-charge</c>.</param>
public sealed record OffenceItem(
    int Sequence, string Code, string Title, string Wording, string ModeOfTrial, DateOnly? StartDate, string? Plea, string? Verdict, DateOnly? ConvictionDate,
    DateOnly? WithdrawnOn, string? WithdrawnReason);

/// <summary>A sitting of a court on a case.</summary>
/// <param name="Id">The hearing's id.</param>
/// <param name="Type">CJS hearing type, such as FHG.</param>
/// <param name="CourtOu">The court's organisation unit.</param>
/// <param name="CourtName">The court's name.</param>
/// <param name="StartsAt">When it starts.</param>
/// <param name="State"><c>INITIALISED</c>, <c>SHARED</c> (results given) or <c>VACATED</c>.</param>
/// <param name="Defendants">Who is heard, and what was ordered.</param>
public sealed record HearingItem(
    string Id, string Type, string CourtOu, string CourtName, DateTimeOffset StartsAt, string State, IReadOnlyList<HearingDefendantItem> Defendants);

/// <summary>A defendant's part in a hearing.</summary>
/// <param name="DefendantId">The defendant's id.</param>
/// <param name="Name">The defendant's name.</param>
/// <param name="Attendance">How the defendant attended.</param>
/// <param name="Ordered">What was ordered, once results are shared.</param>
/// <param name="Results">The shared result lines.</param>
public sealed record HearingDefendantItem(string DefendantId, string Name, string? Attendance, string? Ordered, JsonNode? Results);

/// <summary>A message about a case and how far it got.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Agency">The agency it is for.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State"><c>queued</c>, <c>sent</c>, <c>acknowledged</c> or <c>failed</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="AcknowledgedAt">When the agency's system acknowledged it.</param>
public sealed record CaseMessageItem(string Id, string Agency, string Kind, string State, DateTimeOffset CreatedAt, DateTimeOffset? AcknowledgedAt);

/// <summary>Something that happened in a case.</summary>
/// <param name="At">When, in business time.</param>
/// <param name="What">In plain words.</param>
/// <param name="Kind">What caused it: <c>start</c>, <c>task</c>, <c>event</c>, <c>timer</c>, <c>child</c>, <c>reply</c>, <c>cancel</c>, <c>retry</c>, <c>reinstate</c> or <c>limit</c>.</param>
/// <param name="Actor">The subject of who did it, or <c>system</c>.</param>
/// <param name="ActorName">The name of who did it.</param>
/// <param name="Reason">Why, where a reason was given.</param>
/// <param name="ActivityId">The step of the definition.</param>
/// <param name="Outcome">The outcome it was completed with.</param>
/// <param name="Defendant">The defendant it is about, where it is about one.</param>
/// <param name="Steps">What followed by itself.</param>
/// <param name="Entry">Its number in the case's history, counted from 1, the oldest first.</param>
public sealed record HistoryItem(
    DateTimeOffset At, string What, string Kind, string Actor, string ActorName, string? Reason, string? ActivityId, string? Outcome, string? Defendant,
    IReadOnlyList<string> Steps, int Entry);
