using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The offence is in the national list, and is an offence rather than a placeholder for one.</summary>
internal static class OffenceCodes
{
    private const string Suffixes = "ABCI";

    public static ChargeRule Rule { get; } = new(["OFFENCE_CODE_IS_INVALID", "OFFENCE_CODE_IS_GENERIC"], Check);

    /// <summary>The offence as listed, or the whole offence where an attempt, aiding, conspiracy or incitement of it is charged.</summary>
    public static ReferenceItem? Find(ReferenceData reference, string? code) => code is null ? null
        : reference.Find(ReferenceLists.Offence, code)
        ?? (code.Length > 4 && Suffixes.Contains(code[^1], StringComparison.Ordinal) ? reference.Find(ReferenceLists.Offence, code[..^1]) : null);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (Part details in context.Charge.Offences.Select(offence => offence.Details))
        {
            if (details.Text("cjsOffenceCode") is not { } code)
            {
                continue;
            }

            ReferenceItem? offence = Find(context.Reference, code);
            if (offence is null)
            {
                yield return Problem.Of("OFFENCE_CODE_IS_INVALID", details.At("cjsOffenceCode"),
                    $"Expected the code of a known offence such as TH68010, but '{code}' is none. Give the national code of the offence.", details.Value("cjsOffenceCode"));
            }
            else if (offence.Flag("generic"))
            {
                yield return Problem.Of("OFFENCE_CODE_IS_GENERIC", details.At("cjsOffenceCode"),
                    $"Expected the code of one offence, but '{code}' stands for a group of offences. Give the code of the offence itself.", details.Value("cjsOffenceCode"));
            }
        }
    }
}
