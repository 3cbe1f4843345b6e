namespace Assize.Workflows.Intake.Rules;

/// <summary>Each defendant is there once: by the prosecutor's own id, or by name and date of birth.</summary>
/// <remarks>The arrest/summons number does not tell defendants apart: forces are known to repeat one on every defendant of a case.</remarks>
internal static class DuplicateDefendants
{
    public static ChargeRule Rule { get; } = new(["DUPLICATE_DEFENDANT"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (ChargedDefendant defendant in context.Charge.Defendants)
        {
            Part name = defendant.Person.Child("nameDetails");
            if (defendant.Details.Text("prosecutorDefendantId") is { } id && !seen.Add($"id {id}"))
            {
                yield return Problem.Of("DUPLICATE_DEFENDANT", defendant.Details.At("prosecutorDefendantId"),
                    $"Expected each defendant once, but another defendant has the id '{id}' too. Correct the id.", defendant.Details.Value("prosecutorDefendantId"));
            }
            else if (name.Text("surname") is { } surname && defendant.Person.Text("dateOfBirth") is { } born
                && !seen.Add($"name {name.Text("forename")}\n{name.Text("forename2")}\n{surname}\n{born}"))
            {
                yield return Problem.Of("DUPLICATE_DEFENDANT", name.At("surname"),
                    $"Expected each defendant once, but another defendant has this name and the date of birth {born} too. Correct who it is.",
                    name.Value("surname"), name.At("forename"), defendant.Person.At("dateOfBirth"));
            }
        }
    }
}
