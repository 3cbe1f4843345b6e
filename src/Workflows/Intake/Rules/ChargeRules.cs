using Assize.Workflows.Intake.Reading;

namespace Assize.Workflows.Intake.Rules;

/// <summary>A rule: which codes it can give, and the check.</summary>
public sealed record ChargeRule(IReadOnlyList<string> Codes, Func<ChargeContext, IEnumerable<Problem>> Check);

/// <summary>Everything a charge is checked for, in one visible list.</summary>
public static class ChargeRules
{
    /// <summary>A submission shows at most this many problems, errors first; the rest come once these are mended.</summary>
    public const int MostProblems = 250;

    public static IReadOnlyList<ChargeRule> All { get; } =
    [
        CaseCodes.Rule,
        ProsecutorRecognised.Rule,
        ReferenceNumber.Rule,
        HearingDay.Rule,
        HearingCourt.Rule,
        PersonOrOrganisation.Rule,
        ArrestSummonsNumber.Rule,
        PncIdentifier.Rule,
        CroNumber.Rule,
        Postcodes.Rule,
        EmailAddresses.Rule,
        DatesOfBirth.Rule,
        Ethnicities.Rule,
        Nationalities.Rule,
        CustodyAndBail.Rule,
        ListedValues.Rule,
        DuplicateDefendants.Rule,
        OffenceCodes.Rule,
        OffenceInForce.Rule,
        OffenceInTime.Rule,
        OffenceDates.Rule,
        DatesInFuture.Rule,
        OffenceLocation.Rule,
        AlcoholLevel.Rule,
        BackDuty.Rule,
        StatementOfFacts.Rule,
    ];

    public static IReadOnlyList<Problem> Check(ChargeContext context)
    {
        IEnumerable<Problem> problems = ShapeCheck.Check(context.Charge.Root.Members!, context.Format)
            .Concat(All.SelectMany(rule => rule.Check(context)));
        return Order(problems);
    }

    internal static IReadOnlyList<Problem> Order(IEnumerable<Problem> problems) =>
        [.. problems.OrderByDescending(problem => problem.Severity).Take(MostProblems)];
}
