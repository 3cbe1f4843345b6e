using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The offence was an offence on the day. The days are facts of the list.</summary>
internal static class OffenceInForce
{
    public static ChargeRule Rule { get; } = new(["OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (ChargedOffence offence in context.Charge.Offences)
        {
            if (offence.CommittedFrom is { } day
                && OffenceCodes.Find(context.Reference, offence.Details.Text("cjsOffenceCode")) is { } listed
                && context.Reference.Find(listed.List, listed.Code, day) is null)
            {
                yield return Problem.Of("OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE", offence.Details.At("cjsOffenceCode"),
                    $"Expected an offence that existed on {day:yyyy-MM-dd}, but {listed.Code} is in effect {Period(listed)} ({listed.Text("source") ?? "national list"}). Correct the offence or its date.",
                    offence.Details.Value("cjsOffenceCode"), offence.Details.At("offenceCommittedDate"));
            }
        }
    }

    private static string Period(ReferenceItem item) =>
        (item.From is { } from ? $"from {from:yyyy-MM-dd}" : "") + (item.From is not null && item.To is not null ? " " : "") + (item.To is { } to ? $"until {to:yyyy-MM-dd}" : "");
}
