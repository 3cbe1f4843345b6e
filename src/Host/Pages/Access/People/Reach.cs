using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Queries;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.People;

/// <summary>How far a role reaches and for how long, in words.</summary>
public static class Reach
{
    public static string Of(GivenRole role, IStringLocalizer text)
    {
        List<string> parts = [.. ((string?[])[
            role.Agency is null ? null : text["the agency’s own cases"].Value,
            role.Area is null ? null : text["the area {0}", Words.Plain(role.Area)].Value,
            role.Court is null ? null : text["the court {0}", Words.Plain(role.Court)].Value,
            text["up to {0}", text[Classification(role.MaxClassification)].Value.ToLower(System.Globalization.CultureInfo.CurrentCulture)].Value,
        ]).OfType<string>(), .. role.Authorisations.Select(name => text["with {0}", Words.Plain(name)].Value)];
        return string.Join(", ", parts);
    }

    public static string Period(GivenRole role, IStringLocalizer text) => role.To is { } end
        ? text["{0} to {1}", London.ShortDay(role.From), LastDay(end)]
        : text["since {0}", London.ShortDay(role.From)];

    public static string Classification(string classification) => classification switch
    {
        "public" => "Public cases",
        "private" => "Private cases",
        "restricted" => "Restricted cases",
        _ => Words.Plain(classification),
    };

    // A role that ends at midnight has the day before as its last.
    private static string LastDay(DateTimeOffset end) => London.ShortDay(London.At(end).TimeOfDay == TimeSpan.Zero ? end.AddMinutes(-1) : end);
}
