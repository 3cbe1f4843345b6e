using System.Globalization;
using Assize.Host.Components;
using Assize.Workflows.Releasing;

namespace Assize.Host.Pages.Designer.Releasing;

/// <summary>The terms of a release as somebody typed them.</summary>
public sealed record TermsPost
{
    public DayText From { get; init; } = DayText.Empty;
    public string? Area { get; init; }
    public string? Court { get; init; }
    public string? Force { get; init; }
    public string? Share { get; init; } = "100";
    public string? Incidents { get; init; }
    public string? Late { get; init; }
    public bool TakesPlace { get; init; }
    public string? Note { get; init; }

    public static TermsPost Of(IFormCollection form) => new()
    {
        From = new DayText(form["from-day"], form["from-month"], form["from-year"]),
        Area = Typed(form["area"]),
        Court = Typed(form["court"]),
        Force = Typed(form["force"]),
        Share = Typed(form["share"]),
        Incidents = Typed(form["incidents"]),
        Late = Typed(form["late"]),
        TakesPlace = form["takesPlace"] == "yes",
        Note = Typed(form["note"]),
    };

    /// <summary>The terms that were meant, and what cannot be read of them.</summary>
    public (ReleaseTerms Terms, IReadOnlyList<TermsProblem> Problems) Read()
    {
        List<TermsProblem> problems = [];
        var terms = new ReleaseTerms
        {
            From = Day(problems),
            Area = Area,
            Court = Court,
            Force = Force,
            Share = Number(Share, "share", "Enter how many of 100 new cases take it, from 1 to 100", problems) ?? 100,
            IncidentLimit = Number(Incidents, "incidents", "Enter a number of cases, or leave it empty", problems),
            LateLimit = Number(Late, "late", "Enter a number of cases, or leave it empty", problems),
            TakesPlace = TakesPlace,
        };
        return (terms, problems);
    }

    private DateOnly? Day(List<TermsProblem> problems)
    {
        if (From.IsEmpty)
        {
            return null;
        }

        if (DateOnly.TryParseExact(From.Iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        problems.Add(new TermsProblem("from", "Enter a real date, like 27 3 2026, or leave it empty"));
        return null;
    }

    private static int? Number(string? text, string field, string message, List<TermsProblem> problems)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        problems.Add(new TermsProblem(field, message));
        return null;
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
