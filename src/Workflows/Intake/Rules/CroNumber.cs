using System.Text.RegularExpressions;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The Criminal Records Office number. Its form is checked; how its letter is made is not published.</summary>
internal static partial class CroNumber
{
    public static ChargeRule Rule { get; } = new(["INVALID_CRO_NUMBER"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) =>
        from details in context.Charge.Defendants.Select(defendant => defendant.Details)
        let cro = details.Text("croNumber")
        where cro is not null && !Pattern().IsMatch(cro)
        select Problem.Of("INVALID_CRO_NUMBER", details.At("croNumber"),
            $"Expected a CRO number such as 123456/23A or SF23/123456A, but it is '{cro}'. Correct or remove it.", details.Value("croNumber"));

    [GeneratedRegex(@"^([0-9]{1,6}/[0-9]{2}|SF[0-9]{2}/[0-9]{1,6})[A-HJ-NP-RT-Z]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
