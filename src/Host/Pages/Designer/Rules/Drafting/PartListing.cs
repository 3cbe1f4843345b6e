using System.Text.Json.Nodes;
using Assize.Workflows.Rules;

namespace Assize.Host.Pages.Designer.Rules.Drafting;

/// <summary>A page of a list within a file: its entries by their places, and the fields by which they are shown.</summary>
public sealed record PartListing(RulePart Part, IReadOnlyList<RuleField> Fields, int Count, IReadOnlyList<(int Index, JsonObject Entry)> Rows, int? Next)
{
    private const int PageSize = 50;
    private const int MostColumns = 5;

    public bool IsLong => Count > PageSize;

    /// <param name="sought">Part of what an entry says, in any field.</param>
    /// <param name="after">The place after which the page begins.</param>
    public static PartListing Of(RulePart part, JsonObject owner, JsonObject file, string? sought, int? after)
    {
        var entries = (owner[part.Member] as JsonArray ?? []).Index().Where(x => x.Item is JsonObject).Select(x => (x.Index, Entry: (JsonObject)x.Item!)).ToList();
        var isLong = entries.Count > PageSize;
        var found = entries.Where(x => !isLong || ((after is null || x.Index > after) && (string.IsNullOrWhiteSpace(sought) || Says(x.Entry, sought.Trim())))).Take(PageSize + 1).ToList();
        var rows = found.Take(PageSize).ToList();
        var all = part.FieldsIn(file);
        IReadOnlyList<RuleField> shown = [.. all.Where(x => x.Kind == RuleFieldKind.Condition).Take(MostColumns), .. all.Where(x => part.Shown.Contains(x.Member)), .. all.Where(x => x.Kind == RuleFieldKind.Any).Take(2)];
        return new PartListing(part, shown, entries.Count, rows, found.Count > PageSize ? rows[^1].Index : null);
    }

    private static bool Says(JsonNode? value, string sought) => value switch
    {
        JsonObject members => members.Any(x => Says(x.Value, sought)),
        JsonArray list => list.Any(x => Says(x, sought)),
        _ => RuleJson.Text(value)?.Contains(sought, StringComparison.OrdinalIgnoreCase) == true,
    };
}
