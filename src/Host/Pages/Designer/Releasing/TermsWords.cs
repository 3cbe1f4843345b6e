using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Releasing;

namespace Assize.Host.Pages.Designer.Releasing;

/// <summary>Whom a release is for, from when and how far, as people read it.</summary>
internal static class TermsWords
{
    public static string From(ReleaseTerms terms) => terms.From is { } day ? Phrases.Of("Cases charged on or after {0}", London.LongDay(day)) : Phrases.Of("Cases charged on or after the day of the approval; all, if it is the workflow's first release");

    public static string From(DateOnly? day) => day is { } first ? London.LongDay(first) : Phrases.Of("Always");

    public static string Where(ReleaseScope scope) => scope == ReleaseScope.Everywhere ? Phrases.Of("Everywhere") : Capital(ReleaseWords.Where(scope));

    public static string Share(int percent) => percent == 100 ? Phrases.Of("Every new case") : Phrases.Of("{0} of 100 new cases", percent);

    public static string? Stops(int? incidents, int? late) => (incidents, late) switch
    {
        ({ } broken, { } slow) => Phrases.Of("At {0} with an incident, or {1} with a late task", Count(broken), Count(slow)),
        ({ } broken, null) => Phrases.Of("At {0} with an incident", Count(broken)),
        (null, { } slow) => Phrases.Of("At {0} with a late task", Count(slow)),
        _ => null,
    };

    private static string Count(int number) => Phrases.Of(number == 1 ? "{0} case" : "{0} cases", number);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
