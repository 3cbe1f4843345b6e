using System.Globalization;
using Assize.Workflows.Releasing;

namespace Assize.Host.Pages.Designer.Releasing;

/// <summary>Whom a release is for, from when and how far, as people read it.</summary>
internal static class TermsWords
{
    public static string From(ReleaseTerms terms) => terms.From is { } day ? $"Cases charged on or after {Day(day)}" : "Cases charged on or after the day of the approval; all, if it is the workflow's first release";

    public static string From(DateOnly? day) => day is { } first ? Day(first) : "Always";

    public static string Where(ReleaseScope scope) => scope == ReleaseScope.Everywhere ? "Everywhere" : Capital(ReleaseWords.Where(scope));

    public static string Share(int percent) => percent == 100 ? "Every new case" : string.Create(CultureInfo.InvariantCulture, $"{percent} of 100 new cases");

    public static string? Stops(int? incidents, int? late) => (incidents, late) switch
    {
        ({ } broken, { } slow) => $"At {Count(broken, "case")} with an incident, or {Count(slow, "case")} with a late task",
        ({ } broken, null) => $"At {Count(broken, "case")} with an incident",
        (null, { } slow) => $"At {Count(slow, "case")} with a late task",
        _ => null,
    };

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
