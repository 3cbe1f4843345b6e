namespace Assize.Workflows.Cases;

/// <summary>Where an offence may be tried, by its category in the national list of offences.</summary>
internal static class ModeOfTrial
{
    private const string IndictableOnly = "indictable-only";
    private const string EitherWay = "either-way";
    private const string Summary = "summary";

    public static string Of(string? category) => category switch { "CI" => IndictableOnly, "CE" => EitherWay, _ => Summary };

    public static string Gravest(IEnumerable<string> modes)
    {
        HashSet<string> known = [.. modes];
        return known.Contains(IndictableOnly) ? IndictableOnly : known.Contains(EitherWay) ? EitherWay : Summary;
    }
}
