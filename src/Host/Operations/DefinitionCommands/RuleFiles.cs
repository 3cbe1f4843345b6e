using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Workflows.Rules;

namespace Assize.Host.Operations.DefinitionCommands;

/// <summary>Forms, decision tables, calendars, code lists and overlays that are named by their path: what is in the file says what it is.</summary>
internal static class RuleFiles
{
    private static readonly (string Member, string Kind)[] s_marks =
        [("questions", RuleName.Form), ("rules", RuleName.Table), ("holidays", RuleName.Calendar), ("items", RuleName.List), ("operations", RuleName.Overlay)];

    /// <summary>Null for a workflow, and for what has no id and number.</summary>
    public static (RuleName Rule, int Version)? NameOf(string text)
    {
        if (RuleJson.Read(text) is not { } file || file.ContainsKey("root"))
        {
            return null;
        }

        var kind = s_marks.FirstOrDefault(mark => file[mark.Member] is JsonArray).Kind;
        return RuleName.Of(kind, RuleJson.Text(file, "id")) is { } rule && file["version"] is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue(out int version)
            ? (rule, version)
            : null;
    }
}
