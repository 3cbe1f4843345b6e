using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

/// <summary>Cases sent down the path on purpose: together they come by every step that is drawn.</summary>
internal static class Scenarios
{
    public const string Fine = """
        { "results": [{ "code": "FO", "offence": 1, "amount": "120" }, { "code": "FVS", "amount": "48" }, { "code": "FCOST", "amount": "85" }, { "code": "COLLO" }], "ended": "Sentenced" }
        """;

    public static IReadOnlyDictionary<string, Func<PathWorld, Task>> All { get; } = new Dictionary<string, Func<PathWorld, Task>>
    {
        ["guilty-plea-shop-theft"] = GuiltyPlea,
        ["elects-crown-court"] = Elects,
        ["trial-ineffective-then-convicted"] = Trial,
        ["absent-and-warrants"] = Warrants,
        ["discontinued-at-review"] = DiscontinuedAtReview,
        ["discontinued-when-all-else-was-ready"] = DiscontinuedWhenReady,
        ["discontinued-after-disclosure"] = DiscontinuedAfterDisclosure,
        ["indictable-only"] = IndictableOnly,
        ["youth-and-adult"] = YouthAndAdult,
        ["alternative-charge-withdraws-the-original"] = AlternativeWithdraws,
        ["one-of-two-is-discontinued-before-trial"] = OneDiscontinued,
        ["late-details-and-full-lists"] = LateAndFull,
    };

    /// <summary>M4 to M7 done, and the hearing's day come.</summary>
    public static async Task PrepareAsync(PathWorld world)
    {
        await DetailsAsync(world);
        await world.DoAsync("m5-initial-review", "Continue", """{ "test": "met", "anticipatedPlea": "GUILTY" }""");
        await RestAsync(world);
        await world.GoToHearingAsync();
    }

    private static Task DetailsAsync(PathWorld world) =>
        world.DoAsync("m4-serve-initial-details", "Served", """{ "material": ["charge", "summary"], "servedOn": "2026-03-02" }""");

    private static async Task RestAsync(PathWorld world)
    {
        await world.DoAsync("m6-defence", "Represented", """{ "conflict": "no", "detailsRead": "yes", "legalAid": "Granted", "representative": "A solicitor" }""");
        await world.DoAsync("m7-court-preparation", "Ready", """{ "interpreter": "no", "listPublished": "yes" }""");
    }

    private static async Task PresentAsync(PathWorld world)
    {
        await world.GoToHearingAsync();
        await world.DoAsync("m8-hearing", "Present", """{ "attendance": "IN_PERSON", "identity": "yes" }""");
    }

    private static Task AdjournAsync(PathWorld world, string next, string more = "") =>
        world.DoAsync("m15-results", "Adjourned", $$"""{ "results": [{ "code": "A", "offence": 1 }, { "code": "RU", "offence": 1 }], "nextHearingType": "{{next}}", "bailStatus": "U"{{more}} }""");

    private static async Task SentenceAsync(PathWorld world)
    {
        await world.DoAsync("m14-sentence", "Sentenced");
        await world.DoAsync("m15-results", "Concluded", Fine);
    }

    private static async Task GuiltyPlea(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())));
        await FinishGuiltyPleaAsync(world);
    }

    /// <summary>From where the prosecution prepares to the end.</summary>
    public static async Task FinishGuiltyPleaAsync(PathWorld world)
    {
        await PrepareAsync(world);
        await PresentAsync(world);
        await world.DoAsync("m9-plea", "Guilty", """{ "plea": { "1": "GUILTY" } }""");
        await SentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
    }

    private static async Task Elects(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Baker", PathFacts.Burglary())));
        await PrepareAsync(world);
        await PresentAsync(world);
        await world.DoAsync("m10-plea-before-venue", "NotGuiltyIndicated", """{ "indicated": { "1": "INDICATED_NOT_GUILTY" } }""");
        await world.DoAsync("m11-allocation", "DefendantElects", """{ "reason": "ETJ" }""");
        await SendAsync(world);
    }

    private static async Task SendAsync(PathWorld world)
    {
        await world.DoAsync("m12-send", "Sent", """{ "bailStatus": "B", "ptphOn": "2026-04-10" }""");
        await world.DoAsync("m15-results", "Sent", """{ "results": [{ "code": "SCC", "offence": 1 }] }""");
    }

    private static async Task Trial(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Carter", PathFacts.Burglary())));
        await PrepareAsync(world);
        await ToTrialAndSentenceAsync(world);
        await world.GoToAsync(world.Now.AddDays(7));
        await world.DoAsync("m16-chase", "Told", """{ "how": "phone", "who": "Duty sergeant" }""");
    }

    /// <summary>From the first hearing through an ineffective trial to the results of the sentence.</summary>
    public static async Task ToTrialAndSentenceAsync(PathWorld world)
    {
        await PresentAsync(world);
        await world.DoAsync("m10-plea-before-venue", "NoIndication", """{ "indicated": { "1": "NO_INDICATION" } }""");
        await world.DoAsync("m11-allocation", "SummaryTrial", """{ "reason": "EST" }""");
        await world.DoAsync("m13-case-management", "TrialListed", """{ "issues": "Identity", "witnesses": 2, "estimate": 90 }""");
        await AdjournAsync(world, "TRIAL");
        await ReadyAsync(world);
        await world.DoAsync("m13c-trial", "Ineffective", """{ "effectiveness": "ineffective", "reason": "A witness was ill." }""");
        await AdjournAsync(world, "TRIAL");
        await ReadyAsync(world);
        await world.DoAsync("m13c-trial", "Convicted", """{ "effectiveness": "effective", "verdict": { "1": "G" } }""");
        await world.DoAsync("m14-sentence", "AdjournedForReport", """{ "report": "full" }""");
        await AdjournAsync(world, "SEN");
        await PresentAsync(world);
        await SentenceAsync(world);
    }

    private static async Task ReadyAsync(PathWorld world)
    {
        await world.DoAsync("m13a-disclosure", "Served", $$"""{ "servedOn": "{{world.Now:yyyy-MM-dd}}" }""");
        await world.DoAsync("m13b-readiness", "Ready", """{ "witnessesConfirmed": "yes" }""");
        await PresentAsync(world);
    }

    private static async Task Warrants(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Dean", PathFacts.Assault())));
        await PrepareAsync(world);
        await AbsentAsync(world, "Adjourn");
        await AdjournAsync(world, "FH");
        await AbsentAsync(world, "Warrant", """{ "grounds": "No reason was given.", "warrant": "WOFN" }""");
        await WarrantAsync(world);
        await world.DoAsync("g1-execute-warrant", "Executed", $$"""{ "executedOn": "{{world.Now:yyyy-MM-dd}}", "bailStatus": "C" }""");
        await AbsentAsync(world, "Warrant", """{ "grounds": "Left the building.", "warrant": "WOFU" }""");
        await WarrantAsync(world);
        await world.DoAsync("g1-withdraw-warrant", "Withdrawn", """{ "reason": "The defendant came to the counter." }""");
        await AbsentAsync(world, "ProceedInAbsence");
        await world.DoAsync("m9-plea", "NoPlea", """{ "plea": { "1": "NO_PLEA" }, "reason": "Not present." }""");
        await AdjournAsync(world, "FH");
        await PresentAsync(world);
        await world.DoAsync("m9-plea", "Guilty", """{ "plea": { "1": "GUILTY" } }""");
        await SentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
    }

    private static async Task AbsentAsync(PathWorld world, string bench, string fields = """{ "grounds": "Not known." }""")
    {
        await world.GoToHearingAsync();
        await world.DoAsync("m8-hearing", "Absent", """{ "service": "yes" }""");
        await world.DoAsync("g1-absence", bench, fields);
    }

    private static Task WarrantAsync(PathWorld world) =>
        world.DoAsync("m15-results", "Warrant", """{ "results": [{ "code": "WOFN", "offence": 1, "text": "Failed to attend." }], "nextHearingType": "FH" }""");

    private static async Task DiscontinuedAtReview(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Ellis", PathFacts.Theft())));
        await DiscontinueAsync(world, "m5-initial-review", """{ "test": "interest", "reason": "Restitution was made." }""");
        await world.AcknowledgeAsync("case-discontinued");
    }

    /// <summary>Nothing but the review is open, and still no defendant begins while it is checked.</summary>
    private static async Task DiscontinuedWhenReady(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Norris", PathFacts.Theft()), PathFacts.Defendant("Orme", PathFacts.Assault())));
        await DetailsAsync(world);
        await RestAsync(world);
        const string Fields = """{ "test": "evidence", "reason": "The recording shows somebody else." }""";
        await world.DoAsync("m5-initial-review", "Discontinue", Fields);
        Assert.Equal(["x-second-review"], await world.OpenAsync());
        await world.DoAsync("x-second-review", "Returned", """{ "reason": "Ask the victim first." }""", "reviewing-lawyer-2");
        Assert.Equal(["m5-initial-review"], await world.OpenAsync());
        await world.DoAsync("m5-initial-review", "Discontinue", Fields);
        await world.DoAsync("x-second-review", "Approved", """{ "reason": "Agreed." }""", "reviewing-lawyer-2");
        Assert.Empty(await world.OpenAsync());
        await world.AcknowledgeAsync("case-discontinued");
    }

    /// <summary>The second lawyer sends it back once, then agrees.</summary>
    private static async Task DiscontinueAsync(PathWorld world, string step, string fields)
    {
        await world.DoAsync(step, "Discontinue", fields);
        await world.DoAsync("x-second-review", "Returned", """{ "reason": "Ask the victim first." }""", "reviewing-lawyer-2");
        await world.DoAsync(step, "Discontinue", fields);
        await world.DoAsync("x-second-review", "Approved", """{ "reason": "Agreed." }""", "reviewing-lawyer-2");
    }

    private static async Task DiscontinuedAfterDisclosure(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Flynn", PathFacts.Assault())));
        await PrepareAsync(world);
        await PresentAsync(world);
        await ToTrialAsync(world);
        await DiscontinueAsync(world, "m13a-disclosure", """{ "reason": "The witness no longer supports the prosecution." }""");
        await world.AcknowledgeAsync("case-discontinued");
    }

    private static async Task IndictableOnly(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Grant", PathFacts.Robbery())));
        await PrepareAsync(world);
        await PresentAsync(world);
        await SendAsync(world);
    }

    private static async Task YouthAndAdult(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(
            PathFacts.Defendant("Hale", PathFacts.Theft()) with { IsYouth = true }, PathFacts.Defendant("Innes", PathFacts.Assault())));
        await DetailsAsync(world);
        await world.DoAsync("m5-initial-review", "Continue", """{ "test": "met", "anticipatedPlea": "UNKNOWN" }""");
        await world.DoAsync("m6-defence", "NotRepresented");
        await world.DoAsync("m7-court-preparation", "Ready", """{ "interpreter": "yes", "language": "Polish", "measures": ["youth"], "listPublished": "yes" }""");
        await PresentAsync(world);
        await PresentAsync(world);
        await world.DoAsync("g2-youth-court", "YouthCourt", """{ "reason": "No grave crime." }""");
        await world.DoAsync("m9-plea", "Guilty", """{ "plea": { "1": "GUILTY" } }""");
        await SentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
        await world.DoAsync("m9-plea", "Guilty", """{ "plea": { "1": "GUILTY" } }""");
        await SentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
    }

    /// <summary>What was charged as robbery goes on as theft, which a magistrates' court may try.</summary>
    private static async Task AlternativeWithdraws(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Keane", PathFacts.Robbery())));
        await LayAlternativeAsync(world, "withdrawn");
        await DetailsAsync(world);
        await RestAsync(world);
        await PresentAsync(world);
        await world.DoAsync("m10-plea-before-venue", "GuiltyIndicated", """{ "indicated": { "2": "INDICATED_GUILTY" } }""");
        await world.DoAsync("m14-sentence", "Sentenced");
        await world.DoAsync("m15-results", "Concluded", Fine.Replace("\"offence\": 1", "\"offence\": 2", StringComparison.Ordinal));
        await world.AcknowledgeAsync("hearing-results");
    }

    /// <param name="original">"withdrawn" or "stands".</param>
    public static async Task LayAlternativeAsync(PathWorld world, string original)
    {
        await world.DoAsync("m5-initial-review", "AlternativeCharge", """
            { "test": "met", "anticipatedPlea": "UNKNOWN", "alternativeCode": "TH68001", "alternativeWording": "Stole a telephone from a person." }
            """);
        await world.DoAsync("m5-alternative-charge", "Laid", $$"""
            { "original": "1.1", "treatment": "{{original}}", "code": "TH68001", "wording": "Stole a telephone from a person.", "laidOn": "2026-03-02", "defenceTold": "yes" }
            """);
    }

    /// <summary>Charged together; one is discontinued before trial, the other goes on.</summary>
    private static async Task OneDiscontinued(PathWorld world)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Lloyd", PathFacts.Assault()), PathFacts.Defendant("Moss", PathFacts.Assault())));
        await PrepareAsync(world);
        await PresentAsync(world);
        await PresentAsync(world);
        await ToTrialAsync(world);
        await DiscontinueAsync(world, "m13a-disclosure", """{ "reason": "The witness no longer supports the prosecution." }""");
        await world.DoAsync("m9-plea", "Guilty", """{ "plea": { "1": "GUILTY" } }""");
        await SentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
    }

    private static async Task ToTrialAsync(PathWorld world)
    {
        await world.DoAsync("m9-plea", "NotGuilty", """{ "plea": { "1": "NOT_GUILTY" } }""");
        await world.DoAsync("m13-case-management", "TrialListed", """{ "issues": "Self-defence", "witnesses": 1, "estimate": 60 }""");
        await AdjournAsync(world, "TRIAL");
    }

    private static async Task LateAndFull(PathWorld world)
    {
        await FillAsync(world, new DateTimeOffset(2026, 3, 16, 10, 0, 0, TimeSpan.Zero));
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Jarvis", PathFacts.Theft(value: null))));
        await world.DoAsync("m3-find-day", "Listed", """{ "hearingDate": "2026-03-17" }""");
        await world.GoToAsync(new DateTimeOffset(2026, 3, 17, 8, 0, 0, TimeSpan.Zero));
        await world.DoAsync("m4-explain-delay", "Explained", """{ "explanation": "The file came late." }""");
        await world.DoAsync("m4-serve-initial-details", "ServedLate", """{ "material": ["charge"], "servedOn": "2026-03-17", "lateReason": "The file came late." }""");
        await world.DoAsync("m5-initial-review", "Continue", """{ "test": "met", "anticipatedPlea": "GUILTY" }""");
        await RestAsync(world);
        await PresentAsync(world);
        await FillAsync(world, new DateTimeOffset(2026, 3, 31, 9, 0, 0, TimeSpan.Zero));
        await world.DoAsync("m10-plea-before-venue", "GuiltyIndicated", """{ "indicated": { "1": "INDICATED_GUILTY" } }""");
        await world.DoAsync("m14-sentence", "AdjournedForReport", """{ "report": "standDown" }""");
        await AdjournAsync(world, "SEN", ", \"nextHearingOn\": \"2026-03-31\"");
        await world.DoAsync("x-find-day", "Listed", """{ "hearingDate": "2026-03-31", "reason": "The bench insists." }""");
        await PresentAsync(world);
        await SentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
    }

    public static async Task FillAsync(PathWorld world, DateTimeOffset day, int hearings = 40)
    {
        await using CaseDb db = world.Context();
        for (int number = 0; number < hearings; number++)
        {
            db.Add(new Hearing
            {
                Id = $"other-{day:MMdd}-{number}",
                CaseId = "another",
                CourtOu = "B05PK00",
                CourtName = "Liverpool",
                HearingType = "FH",
                StartsAt = day,
                State = HearingState.Initialised,
                Version = 0,
            });
        }
        await db.SaveChangesAsync();
    }
}
