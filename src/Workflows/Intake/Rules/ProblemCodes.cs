using System.Collections.Frozen;

namespace Assize.Workflows.Intake.Rules;

/// <summary>Every problem code a submission can get, with its severity, in one place.</summary>
/// <remarks>
/// <see cref="PlatformCodes"/> has the national platform's, under its names. Those here are our own: what the
/// published schema demands and the platform has no code for.
/// </remarks>
public static class ProblemCodes
{
    public const string AsnCheckLetter = "ASN_CHECK_LETTER_INVALID";
    public const string AsnInvalid = "ASN_INVALID";
    public const string AsnMissing = "ASN_MISSING";
    public const string ChargedBeforeOffence = "CHARGE_DATE_EARLIER_THAN_OFFENCE_COMMITTED_DATE";
    public const string DefendantKind = "DEFENDANT_PERSON_OR_ORGANISATION_REQUIRED";
    public const string DefendantBothKinds = "DEFENDANT_PERSON_AND_ORGANISATION";
    public const string EndDateBeforeStart = "OFFENCE_COMMITTED_DATE_RANGE_INVALID";
    public const string MemberRequired = "MEMBER_REQUIRED";
    public const string MemberTooLong = "MEMBER_TOO_LONG";
    public const string MemberType = "MEMBER_TYPE_INVALID";
    public const string DateInvalid = "DATE_INVALID";
    public const string TimeInvalid = "TIME_INVALID";
    public const string PncCheckLetter = "PNC_CHECK_LETTER_INVALID";
    public const string UnknownMember = "MEMBER_UNKNOWN";
    public const string UnmappedElement = "ELEMENT_UNKNOWN";
    public const string UrnInvalid = "URN_INVALID";
    public const string ValueNotListed = "VALUE_NOT_LISTED";
    public const string Duplicated = "DUPLICATED_PROSECUTION";

    private static readonly FrozenSet<string> s_errors = FrozenSet.ToFrozenSet(
    [
        .. PlatformCodes.Errors,
        DefendantKind, EndDateBeforeStart, MemberRequired, MemberTooLong, MemberType,
        DateInvalid, TimeInvalid, UrnInvalid, ValueNotListed,
    ]);

    private static readonly FrozenSet<string> s_warnings = FrozenSet.ToFrozenSet(
    [
        AsnCheckLetter,
        AsnInvalid,
        AsnMissing,
        ChargedBeforeOffence,
        DefendantBothKinds,
        PncCheckLetter,
        UnknownMember,
        UnmappedElement,
    ]);

    public static IReadOnlyCollection<string> All { get; } = [.. s_errors, .. s_warnings];

    public static Severity SeverityOf(string code) =>
        s_errors.Contains(code) ? Severity.Error
        : s_warnings.Contains(code) ? Severity.Warning
        : throw new ArgumentOutOfRangeException(nameof(code), code, "Expected a problem code of the table, but it is not there.");

    /// <summary>A duplicate and an element without a place are facts about the message, not values to mend.</summary>
    public static bool IsCorrectable(string code) => code is not (Duplicated or UnmappedElement);
}
