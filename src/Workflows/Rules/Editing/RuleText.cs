using System.Text.Json.Nodes;

namespace Assize.Workflows.Rules.Editing;

/// <summary>The texts of files that are drafted here: with the id and number that the server decides.</summary>
public static class RuleText
{
    /// <summary>Larger files are refused: what is edited on pages stays readable on pages.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public static string Store(RuleName rule, JsonObject file, int version)
    {
        JsonObject stored = new() { ["id"] = rule.Id, ["version"] = version };
        foreach ((string member, JsonNode? value) in file.Where(x => x.Key is not ("id" or "version")))
        {
            stored[member] = value?.DeepClone();
        }
        return RuleJson.Write(stored);
    }

    /// <summary>True where only the number differs.</summary>
    public static bool SameContent(RuleName rule, JsonObject one, string other) =>
        RuleJson.Read(other) is { } file && RuleHash.Of(Store(rule, one, 0)) == RuleHash.Of(Store(rule, file, 0));

    public static string TitleOf(RuleName rule, JsonObject file) => RuleJson.Text(file, "title.en") is { Length: > 0 } title ? title : rule.Id;

    /// <summary>A new file, with what its format wants to be there.</summary>
    public static JsonObject Empty(string kind, string title) => kind switch
    {
        RuleName.Form => Titled(title, ("questions", new JsonArray())),
        RuleName.Table => Titled(title, ("hitPolicy", "first"), ("inputs", new JsonArray()), ("outcomes", new JsonArray()), ("rules", new JsonArray())),
        RuleName.Overlay => OverlayShape.Empty(title),
        RuleName.Calendar => Titled(title, ("timeZone", "Europe/London"), ("holidays", new JsonArray())),
        _ => Titled(title, ("items", new JsonArray())),
    };

    private static JsonObject Titled(string title, params ReadOnlySpan<(string Member, JsonNode Value)> members)
    {
        JsonObject file = new() { ["title"] = new JsonObject { ["en"] = title }, ["effectiveFrom"] = null };
        foreach ((string member, JsonNode value) in members)
        {
            file[member] = value;
        }
        return file;
    }
}
