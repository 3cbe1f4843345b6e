namespace Assize.Host.Pages.Access.Several;

/// <summary>The people who were ticked in the list. Somebody else's among them make the whole not found.</summary>
internal static class ChosenPeople
{
    private const int Most = 20;

    public static Dictionary<string, string> FieldIds { get; } = new Dictionary<string, string>(RoleChanges.RoleFieldIds.All) { ["subjects"] = "people" };

    public static string? Problem(IReadOnlyCollection<string> chosen) => chosen.Count switch
    {
        0 => "Choose at least one person in the list. Nothing was changed.",
        > Most => "Choose 20 people at most. Nothing was changed.",
        _ when chosen.Distinct(StringComparer.Ordinal).Count() != chosen.Count => "Choose everybody once. Nothing was changed.",
        _ => null,
    };

    public static string Query(IEnumerable<string> chosen) => "people?limit=100" + string.Concat(chosen.Select(subject => "&subject=" + Uri.EscapeDataString(subject)));
}
