namespace Assize.Workflows.Intake.Rules;

/// <summary>A summons goes out with a statement of facts, in Welsh too where the defendant's documents are in Welsh.</summary>
internal static class StatementOfFacts
{
    public static ChargeRule Rule { get; } = new(["STATEMENT_OF_FACTS_REQUIRED", "STATEMENT_OF_FACTS_WELSH_REQUIRED"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (ChargedDefendant defendant in context.Charge.Defendants.Where(_ => context.Charge.Initiation == "S"))
        {
            bool isWelsh = defendant.Details.Text("documentationLanguage") == "W";
            foreach (Part details in defendant.Offences.Select(offence => offence.Details))
            {
                if (!details.Has("statementOfFacts"))
                {
                    yield return Problem.Of("STATEMENT_OF_FACTS_REQUIRED", details.At("statementOfFacts"), "Expected a statement of facts, since the case begins by summons, but there is none. Give it.");
                }

                if (isWelsh && !details.Has("statementOfFactsWelsh"))
                {
                    yield return Problem.Of("STATEMENT_OF_FACTS_WELSH_REQUIRED", details.At("statementOfFactsWelsh"),
                        "Expected the statement of facts in Welsh, since the defendant's documents are in Welsh, but there is none. Give it.", null, defendant.Details.At("documentationLanguage"));
                }
            }
        }
    }
}
