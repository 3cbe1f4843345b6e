namespace Assize.Workflows.Intake.Rules;

/// <summary>A defendant is a person or an organisation.</summary>
/// <remarks>Both at once is met in real police messages. The person is charged and the organisation stands beside, so it is a warning.</remarks>
internal static class PersonOrOrganisation
{
    public static ChargeRule Rule { get; } = new([ProblemCodes.DefendantKind, ProblemCodes.DefendantBothKinds], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (ChargedDefendant defendant in context.Charge.Defendants)
        {
            if (!defendant.Root.Has("individual") && !defendant.Root.Has("organisation"))
            {
                yield return Problem.Of(ProblemCodes.DefendantKind, defendant.Root.At("individual"),
                    "Expected a person or an organisation, but the defendant is neither. Give the person's details, or the organisation's.", null, defendant.Root.At("organisation"));
            }
            else if (defendant.Person.Exists && defendant.Organisation.Exists)
            {
                yield return Problem.Of(ProblemCodes.DefendantBothKinds, defendant.Root.At("organisation"),
                    "Expected a person or an organisation, but the defendant is both. The person is charged; remove the organisation, or send it as a defendant of its own.");
            }
        }
    }
}
