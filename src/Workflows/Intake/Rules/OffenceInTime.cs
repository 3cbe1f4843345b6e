using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>A summary offence is prosecuted in time. The limits are facts of the lists, with their source and effective dates.</summary>
internal static class OffenceInTime
{
    public static ChargeRule Rule { get; } = new(["OFFENCE_OUT_OF_TIME"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (ChargedOffence offence in context.Charge.Offences)
        {
            DateOnly? begun = offence.Root.Date("laidDate") ?? offence.ChargedOn;
            if (offence.CommittedTo is { } committed && begun is { } day
                && Limit(context, offence.Details.Text("cjsOffenceCode"), committed) is { } limit
                && day > committed.AddMonths(limit.Months))
            {
                yield return Problem.Of("OFFENCE_OUT_OF_TIME", offence.Root.At("chargeDate"),
                    $"Expected the prosecution to begin by {committed.AddMonths(limit.Months):yyyy-MM-dd}, {limit.Months} months after the offence ({limit.Source}), but it began on {day:yyyy-MM-dd}. Correct a wrong date or offence; otherwise this offence cannot be prosecuted.",
                    offence.Root.Value("chargeDate"), offence.Root.At("laidDate"), offence.Details.At("offenceCommittedDate"), offence.Details.At("offenceCommittedEndDate"), offence.Details.At("cjsOffenceCode"));
            }
        }
    }

    private static (int Months, string Source)? Limit(ChargeContext context, string? code, DateOnly committed)
    {
        if (OffenceCodes.Find(context.Reference, code) is not { } offence)
        {
            return null;
        }

        if (offence.Number("timeLimitMonths") is { } own)
        {
            return (own, offence.Text("timeLimitSource") ?? "the offence's own limit");
        }

        return offence.Text("category") is { } category && context.Reference.Find(ReferenceLists.TimeLimit, category, committed) is { } limit
            ? (limit.Number("months") ?? int.MaxValue, limit.Text("source") ?? "")
            : null;
    }
}
