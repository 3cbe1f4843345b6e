using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Rules.Editing;

/// <summary>An entry of a file, or the place for a new one: "rules/2", "questions/0/options/new".</summary>
/// <param name="Owner">What the list lies in: the file, or an entry of it.</param>
/// <param name="Index">Null for a new one.</param>
public sealed record RulePlace(RulePart Part, JsonObject Owner, int? Index, string ListPath)
{
    public string Path => $"{ListPath}/{Index?.ToString(CultureInfo.InvariantCulture) ?? "new"}";

    /// <summary>The entry in which it lies, where it does not lie in the file.</summary>
    public string? Above => ListPath.Contains('/', StringComparison.Ordinal) ? ListPath[..ListPath.LastIndexOf('/')] : null;

    public JsonObject? Entry => Index is { } index ? List?[index] as JsonObject : null;

    public JsonArray? List => Owner[Part.Member] as JsonArray;

    /// <summary>Null where the path leads nowhere in this file.</summary>
    public static RulePlace? Find(RuleShape shape, JsonObject file, string path)
    {
        string[] steps = path.Split('/');
        if (steps.Length is not (2 or 4) || shape.Part(steps[0]) is not { } part || Of(part, file, steps[1], steps[0]) is not { } outer)
        {
            return null;
        }
        return steps.Length == 2 ? outer
            : part.Inner is { } inner && inner.Member == steps[2] && outer.Entry is { } entry ? Of(inner, entry, steps[3], $"{outer.Path}/{steps[2]}")
            : null;
    }

    private static RulePlace? Of(RulePart part, JsonObject owner, string step, string listPath) =>
        step == "new" ? new RulePlace(part, owner, null, listPath)
        : int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && (owner[part.Member] as JsonArray)?.ElementAtOrDefault(index) is JsonObject
            ? new RulePlace(part, owner, index, listPath)
            : null;
}
