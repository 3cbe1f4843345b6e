using System.Text.Json.Nodes;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <summary>A code list of which no version is published: what came with the software and was imported, as the file of its first version.</summary>
public static class ListInForce
{
    /// <summary>Null where there is no such list.</summary>
    public static async Task<JsonObject?> FindAsync(DbContext db, ReferenceStore reference, string list, CancellationToken ct)
    {
        List<ReferenceItem> items = [.. (await reference.CurrentAsync(db, ct)).List(list).OrderBy(x => x.Code, StringComparer.Ordinal).ThenBy(x => x.From)];
        if (items.Count == 0)
        {
            return null;
        }
        JsonObject file = RuleText.Empty(RuleName.List, TitleOf(list));
        file["items"] = new JsonArray([.. items.Select(Entry)]);
        return file;
    }

    public static string TitleOf(string list) => char.ToUpperInvariant(list[0]) + list[1..].Replace('-', ' ');

    private static JsonObject Entry(ReferenceItem item)
    {
        JsonObject entry = new() { ["code"] = item.Code };
        RuleJson.Set(entry, "from", item.From is { } from ? $"{from:yyyy-MM-dd}" : null);
        RuleJson.Set(entry, "to", item.To is { } to ? $"{to:yyyy-MM-dd}" : null);
        entry["details"] = item.Detail.DeepClone();
        return entry;
    }
}
