using System.Text.Json.Nodes;
using Assize.Workflows.Cases;

namespace Assize.Workflows.Practice;

/// <summary>What a practice case is about: an invented charge, and agencies that do not exist, so that it is in nobody's lane.</summary>
internal static class PracticeFacts
{
    public const string Court = "B00PR00";

    public static NewCase Of(string caseId, string agency, DateOnly today) => new(
        $"PRACTICE{caseId[^12..].ToUpperInvariant()}", agency, "PRACTICE", Court, "Practice Magistrates' Court", "practice", today, FirstHearingOn: null,
        new CaseAgencies("practice-police", "practice-prosecutor", "practice-court", "practice-defence"),
        [
            new NewDefendant("Practice Adult", IsYouth: false, "U", [],
            [
                Offence(1, "TH68010", "Theft from a shop", "either-way", today),
                Offence(2, "CJ88001", "Common assault", "summary", today),
            ]),
            new NewDefendant("Practice Youth", IsYouth: true, "B", [], [Offence(1, "TH68010", "Theft from a shop", "either-way", today)]),
        ],
        Practice: true);

    /// <summary>What workflows are started with that are no case's own: a defendant's, a submission's.</summary>
    public static JsonObject Input(JsonObject caseInput, string caseId)
    {
        caseInput["defendant"] = caseInput["defendants"]?[0]?.DeepClone();
        caseInput["submissionId"] = caseId;
        return caseInput;
    }

    private static NewOffence Offence(int number, string code, string title, string mode, DateOnly day) =>
        new(number, code, title, "An invented charge, for practice.", mode, day, [], Value: 40);
}
