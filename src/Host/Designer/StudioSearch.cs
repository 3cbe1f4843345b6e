using Microsoft.Extensions.Primitives;

namespace Assize.Host.Designer;

/// <summary>What Studio asks of a list of versions. It uses the names of its own client, in any case.</summary>
internal sealed record StudioSearch
{
    private const int LargestPage = 100;
    // Studio's drop-downs ask for no page, and show what they get.
    private const int Unpaged = 10_000;

    public required IReadOnlyList<string> DefinitionIds { get; init; }
    public required IReadOnlyList<string> Ids { get; init; }
    public required string VersionOptions { get; init; }
    public required string Term { get; init; }
    public required string OrderBy { get; init; }
    public required bool Descending { get; init; }
    public required int Page { get; init; }
    public required int PageSize { get; init; }

    public static StudioSearch From(IQueryCollection query) => new()
    {
        DefinitionIds = Listed(query["DefinitionIds"]),
        Ids = Listed(query["Ids"]),
        VersionOptions = query["versionOptions"].ToString(),
        Term = query["SearchTerm"].ToString().Trim(),
        OrderBy = query["OrderBy"].ToString(),
        Descending = query["OrderDirection"] == "Descending",
        Page = Number(query["Page"], 0, 100_000),
        PageSize = Math.Max(1, Number(query["PageSize"], Unpaged, LargestPage)),
    };

    public bool Finds(ListedVersion row) =>
        (DefinitionIds.Count == 0 || DefinitionIds.Contains(row.Id))
        && (Ids.Count == 0 || Ids.Contains($"{row.Id}@{row.Version}"))
        && (Term.Length == 0 || Says(row.Name) || Says($"{row.Id}@{row.Version}") || Says(row.Description ?? ""));

    private bool Says(string text) => text.Contains(Term, StringComparison.OrdinalIgnoreCase);

    public bool Takes(bool isLatest, bool isPublished, bool isDraft) => VersionOptions switch
    {
        "Latest" => isLatest,
        "Published" => isPublished,
        "LatestOrPublished" or "LatestAndPublished" => isLatest || isPublished,
        "Draft" => isDraft,
        _ => true,
    };

    /// <summary>By Elsa's names, and by those of the columns for which Studio's client has none.</summary>
    public IEnumerable<ListedVersion> Order(IEnumerable<ListedVersion> rows) => (OrderBy switch
    {
        "Definition ID" => By(rows, row => row.Id, StringComparer.OrdinalIgnoreCase),
        "Created" => By(rows, row => row.At),
        "Version" or "Latest version" => By(rows, row => row.Version),
        "Published version" => By(rows, row => row.Published ?? 0),
        _ => By(rows, row => row.Name, StringComparer.OrdinalIgnoreCase),
    }).ThenBy(row => row.Id, StringComparer.Ordinal).ThenByDescending(row => row.Version);

    private IOrderedEnumerable<ListedVersion> By<T>(IEnumerable<ListedVersion> rows, Func<ListedVersion, T> key, IComparer<T>? comparer = null) =>
        Descending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);

    private static List<string> Listed(StringValues values) => [.. values.OfType<string>().Where(value => value.Length > 0)];

    private static int Number(StringValues value, int otherwise, int most) => int.TryParse(value, out var number) && number >= 0 ? Math.Min(number, most) : otherwise;
}

/// <summary>A published version or a draft, as a line of a list.</summary>
/// <param name="At">When it was published, or last saved.</param>
internal sealed record ListedVersion(string Id, int Version, string Name, DateTimeOffset At, bool IsDraft)
{
    public string? Description { get; init; }

    /// <summary>No new case takes it.</summary>
    public bool IsRetracted { get; init; }

    /// <summary>The newest published number of its workflow; null where none is.</summary>
    public int? Published { get; init; }
}
