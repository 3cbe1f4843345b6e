using Assize.Workflows.Rules;

namespace Assize.Workflows.Forms;

/// <summary>A published form: what a task asks, how the answers are checked, and what of them goes into the case record.</summary>
public sealed record Form(
    string Id, int Version, LocalText Title, DateOnly? EffectiveFrom, IReadOnlyList<Question> Questions,
    IReadOnlyList<FormCheck>? Checks = null, IReadOnlyList<CaseUpdate>? Updates = null, string? LegalReference = null)
{
    public static Form Read(string json) => RuleFile.Read<Form>(json, FormProblems.Of);
}

/// <param name="Each">"offence": asked once for every offence of the task's defendant; the answer is an object by offence sequence.</param>
/// <param name="Personal">The answer is kept apart under its digest, so that it can be erased.</param>
/// <param name="Earliest">A date's lower bound: "today" or a day.</param>
/// <param name="OptionsFrom">The code list that the options were copied from; whoever answers sees the options.</param>
public sealed record Question(
    string Id, QuestionType Type, LocalText Label, LocalText? Hint = null, bool Required = true, string? Each = null,
    IReadOnlyList<Option>? Options = null, Showing? When = null, bool Personal = false,
    int? MaxLength = null, string? Pattern = null, decimal? Min = null, decimal? Max = null,
    string? Earliest = null, string? Latest = null, string? OptionsFrom = null);

public enum QuestionType
{
    Text,
    Textarea,
    Radios,
    Checkboxes,
    Date,
    Select,
    Number,
    Money,
    Results,

    /// <summary>One of the offences of the case, or of the task's defendant, named as "defendant.offence" by their numbers.</summary>
    Offence,
}

/// <param name="Category">Result codes only: F final, I interim, A ancillary.</param>
/// <param name="Level">Result codes only: O for an offence, D for the defendant, C for the case.</param>
/// <param name="CjsCode">Result codes only: the four digits that the police know it by.</param>
/// <param name="Needs">Result codes only: which of amount, duration, date, text the line must carry.</param>
public sealed record Option(
    string Value, LocalText Label, LocalText? Hint = null, string? Category = null, string? Level = null,
    string? CjsCode = null, IReadOnlyList<string>? Needs = null);

/// <summary>When a question is asked, or a check or an update applies: everything named must hold.</summary>
public sealed record Showing(IReadOnlyList<string>? Outcome = null, string? Question = null, IReadOnlyList<string>? Is = null);

/// <summary>A check across the result lines of a question.</summary>
public sealed record FormCheck(CheckKind Kind, string Question, LocalText Message, IReadOnlyList<string>? Codes = null, Showing? When = null);

public enum CheckKind
{
    /// <summary>Every offence has exactly one line of category F.</summary>
    OneFinalForEveryOffence,

    /// <summary>Some line has one of the codes.</summary>
    SomeOf,

    /// <summary>No line has one of the codes.</summary>
    NoneOf,

    /// <summary>Every offence has a line with one of the codes.</summary>
    EveryOffenceHas,
}

/// <summary>What a completed form writes to the case record, in the same transaction.</summary>
/// <param name="Set">One of <see cref="CaseUpdateTargets.All"/>.</param>
/// <param name="From">The question whose answer is written; otherwise <paramref name="Value"/> is. Of an offence that is laid or withdrawn: the question that names the offence.</param>
/// <param name="With">Of an offence that is laid: which question holds its code, wording and startDate.</param>
public sealed record CaseUpdate(
    string Set, string? From = null, string? Value = null, Showing? When = null, IReadOnlyDictionary<string, string>? With = null);

public static class CaseUpdateTargets
{
    public const string OffencePlea = "offence.plea";
    public const string OffenceVerdict = "offence.verdict";
    public const string OffenceModeOfTrial = "offence.modeOfTrial";
    public const string OffenceCode = "offence.code";
    public const string OffenceTitle = "offence.title";
    public const string OffenceWording = "offence.wording";

    /// <summary>A further offence for the defendant of the offence that is named, as its alternative.</summary>
    public const string OffenceLaid = "offence.laid";

    /// <summary>The offence that is named goes no further, since an alternative was laid.</summary>
    public const string OffenceWithdrawn = "offence.withdrawn";
    public const string DefendantBailStatus = "defendant.bailStatus";
    public const string HearingAttendance = "hearing.attendance";
    public const string HearingResults = "hearing.results";

    public static IReadOnlyList<string> All { get; } =
    [
        OffencePlea, OffenceVerdict, OffenceModeOfTrial, OffenceCode, OffenceTitle, OffenceWording, OffenceLaid, OffenceWithdrawn,
        DefendantBailStatus, HearingAttendance, HearingResults,
    ];
}
