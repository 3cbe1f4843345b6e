namespace Assize.Workflows.Intake.Submissions;

/// <summary>What came of receiving or correcting a prosecution.</summary>
public abstract record IntakeAnswer;

/// <summary>Kept and checked: 202 for a new one, 200 for a corrected one. The state says what is next.</summary>
/// <param name="Replayed">The same request came before; nothing was done again.</param>
public sealed record Taken(string SubmissionId, string State, bool Replayed) : IntakeAnswer;

/// <summary>Cannot be read; nothing was kept. <paramref name="Status"/> is the HTTP status.</summary>
public sealed record Unreadable(string Code, int Status, string Pointer, string Message) : IntakeAnswer;

/// <summary>The caller may not. Where <paramref name="LooksAbsent"/>, say no more than that it is not there.</summary>
public sealed record Forbidden(string Code, string Message, bool LooksAbsent) : IntakeAnswer;

/// <summary>The corrections were refused, all of them: 422, or 409 where the submission no longer waits for any.</summary>
public sealed record CorrectionsRefused(string Code, string Message, int Status, IReadOnlyList<CorrectionFault> Faults) : IntakeAnswer;

/// <summary>The request id was used before with another body: 422.</summary>
public sealed record RequestIdReused : IntakeAnswer;

public sealed record CorrectionFault(string Pointer, string Code, string Message);
