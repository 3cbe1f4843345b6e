using System.Globalization;
using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Queries;

namespace Assize.Host.Pages.Access.RoleChanges;

/// <summary>A role as it is typed: which one, how far it reaches, and for how long.</summary>
public sealed class RoleForm
{
    public const string BadDay = "Enter a real date, like 27 3 2026";

    public string? Role { get; set; }

    /// <summary>"agency", "area" or "court".</summary>
    public string? Reach { get; set; }
    public string? Court { get; set; }
    public string? Classification { get; set; }
    public string? Authorisations { get; set; }
    public DayText First { get; private set; } = DayText.Empty;
    public DayText Last { get; private set; } = DayText.Empty;

    public static RoleForm Of(GivenRole role, DateTimeOffset now) => new()
    {
        Role = role.Role,
        Reach = role.Court is not null ? "court" : role.Area is not null ? "area" : "agency",
        Court = role.Court,
        Classification = role.MaxClassification,
        Authorisations = string.Join(", ", role.Authorisations),
        First = role.From > now ? DayText.Of(Iso(role.From)) : DayText.Empty,
        Last = role.To is { } end ? DayText.Of(Iso(end.AddMinutes(-1))) : DayText.Empty,
    };

    /// <summary>Takes the days, which come in three boxes each.</summary>
    public void ReadDays(IFormCollection form) => (First, Last) = (Day(form, "first"), Day(form, "last"));

    /// <summary>What is wrong with it before anybody is asked, by the id of the field.</summary>
    public IEnumerable<(string FieldId, string Message)> Faults()
    {
        if (string.IsNullOrEmpty(Role))
        {
            yield return ("role", "Choose a role");
        }

        if (Reach == "court" && string.IsNullOrWhiteSpace(Court))
        {
            yield return ("court", "Enter the court’s name");
        }

        if (!First.IsEmpty && Parsed(First) is null)
        {
            yield return ("first-day", BadDay);
        }

        if (!Last.IsEmpty && Parsed(Last) is null)
        {
            yield return ("last-day", BadDay);
        }
    }

    /// <summary>Whether the first day is one that has not come.</summary>
    public bool BeginsLater(DateTimeOffset now) => Parsed(First) is { } first && first > London.Day(now);

    /// <summary>As the identity server takes it. A first day that is today, or none, is from now on; the last day is the last one with the role.</summary>
    public object Gift(AgencyLine agency, DateTimeOffset now) => new
    {
        role = Role,
        from = Parsed(First) is { } first && first != London.Day(now) ? London.Midnight(first) : (DateTimeOffset?)null,
        to = Parsed(Last) is { } last ? London.Midnight(last.AddDays(1)) : (DateTimeOffset?)null,
        area = Reach == "area" ? agency.Area : null,
        court = Reach == "court" ? Code(Court) : null,
        maxClassification = string.IsNullOrEmpty(Classification) ? null : Classification,
        authorisations = string.IsNullOrWhiteSpace(Authorisations)
            ? null
            : Authorisations.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Code).ToArray(),
    };

    /// <summary>The same again in hidden fields, while what it would change is shown.</summary>
    public IEnumerable<(string Name, string? Value)> Hidden() =>
    [
        ("role", Role), ("reach", Reach), ("court", Court), ("classification", Classification), ("authorisations", Authorisations),
        ("first-day", First.Day), ("first-month", First.Month), ("first-year", First.Year), ("last-day", Last.Day), ("last-month", Last.Month), ("last-year", Last.Year),
    ];

    private static DayText Day(IFormCollection form, string name) => new(form[$"{name}-day"], form[$"{name}-month"], form[$"{name}-year"]);

    private static DateOnly? Parsed(DayText day) => DateOnly.TryParseExact(day.Iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : null;

    private static string Iso(DateTimeOffset instant) => London.Day(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // People write names as they say them; the directory keeps them in small letters with hyphens.
    private static string? Code(string? typed) => typed?.Trim().ToLowerInvariant().Replace(' ', '-');
}

/// <summary>What the fields of a role are drawn from.</summary>
/// <param name="IsFixed">Which role it is cannot be chosen.</param>
public sealed record RoleFields(RoleForm Form, RoleCatalogue Catalogue, AgencyLine Agency, bool IsFixed, Func<string, string?> Error)
{
    /// <summary>A group's role lasts as long as one is in the group.</summary>
    public bool HasPeriod { get; init; } = true;
}
