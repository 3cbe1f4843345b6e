using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>A charged person's custody status is known; conditional bail names its conditions.</summary>
internal static class CustodyAndBail
{
    private const string ConditionalBail = "B";

    public static ChargeRule Rule { get; } = new(["DEFENDANT_CUSTODY_STATUS_INVALID", "BAIL_CONDITIONS_REQUIRED"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (Part person in context.Charge.Defendants.Select(defendant => defendant.Person).Where(person => person.Exists))
        {
            bool isOwed = context.Charge.IsCharge || person.Has("custodyStatus");
            if (isOwed && !context.Lists(ReferenceLists.CustodyStatus, person.Text("custodyStatus")))
            {
                yield return Problem.Of("DEFENDANT_CUSTODY_STATUS_INVALID", person.At("custodyStatus"),
                    $"Expected how the person comes to court (U unconditional bail, B conditional bail, C custody, …), but it is {JsonText.Quote(person.Value("custodyStatus"))}. Give the code.", person.Value("custodyStatus"));
            }

            if (person.Text("custodyStatus") == ConditionalBail && !person.Has("bailConditions"))
            {
                yield return Problem.Of("BAIL_CONDITIONS_REQUIRED", person.At("bailConditions"),
                    "Expected the conditions of bail, since the person is on conditional bail, but there are none. Give them, or correct the custody status.", null, person.At("custodyStatus"));
            }
        }
    }
}
