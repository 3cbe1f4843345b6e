using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Diff;

/// <summary>What changed on the workflow itself: its name, variables, inputs, outputs, outcomes and options.</summary>
internal static class WorkflowChanges
{
    private static readonly string[] NoDifference = ["root", "definitionId", "version"];

    private static readonly (string Member, string Key, ChangedPart Part, string Noun)[] Lists =
    [
        ("variables", "id", ChangedPart.Variable, "variable"),
        ("inputs", "name", ChangedPart.Input, "input"),
        ("outputs", "name", ChangedPart.Output, "output"),
    ];

    public static IEnumerable<DefinitionChange> Between(JsonObject older, JsonObject newer)
    {
        foreach (var (member, before, after) in DefinitionDiff.Members(older, newer))
        {
            if (NoDifference.Contains(member))
            {
                continue;
            }
            var list = Array.Find(Lists, list => list.Member == member);
            var changes = list.Member is not null ? Listed(list.Key, list.Part, list.Noun, "", null, before as JsonArray, after as JsonArray)
                : member == "outcomes" ? Outcomes(before as JsonArray ?? [], after as JsonArray ?? [])
                : member is "options" or "customProperties" ? Options(before as JsonObject, after as JsonObject, member)
                : [Whole(member, member switch { "name" => "The workflow's name", "description" => "The workflow's description", _ => $"“{member}”" }, before, after)];
            foreach (var change in changes)
            {
                yield return change;
            }
        }
    }

    /// <summary>Entries of a list of variables or arguments, matched by their key.</summary>
    public static IEnumerable<DefinitionChange> Listed(
        string key, ChangedPart part, string noun, string of, string? activityId, JsonArray? before, JsonArray? after)
    {
        var old = ByKey(before, key);
        var now = ByKey(after, key);
        foreach (var (id, entry) in now)
        {
            var name = entry.TextOf("name") ?? id;
            if (!old.TryGetValue(id, out var known))
            {
                yield return new(part, ChangeKind.Added, $"The {noun} “{name}”{of} is new.") { ActivityId = activityId, After = entry.ToJsonString() };
            }
            else if (!JsonNode.DeepEquals(known, entry))
            {
                var what = string.Join("; ", DefinitionDiff.Members(known, entry).Select(m => $"its {m.Member} {ValueWords.Change(m.Before, m.After)}"));
                yield return new(part, ChangeKind.Changed, $"The {noun} “{name}”{of}: {what}.")
                {
                    ActivityId = activityId,
                    Before = known.ToJsonString(),
                    After = entry.ToJsonString(),
                };
            }
        }
        foreach (var (id, entry) in old.Where(entry => !now.ContainsKey(entry.Key)))
        {
            yield return new(part, ChangeKind.Removed, $"The {noun} “{entry.TextOf("name") ?? id}”{of} is gone.") { ActivityId = activityId, Before = entry.ToJsonString() };
        }
    }

    private static Dictionary<string, JsonObject> ByKey(JsonArray? list, string key)
    {
        var entries = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var entry in (list ?? []).OfType<JsonObject>())
        {
            entries.TryAdd(entry.TextOf(key) ?? entry.TextOf("name") ?? "", entry);
        }
        return entries;
    }

    private static IEnumerable<DefinitionChange> Outcomes(JsonArray before, JsonArray after)
    {
        var old = before.Select(outcome => outcome.AsText()).ToList();
        var now = after.Select(outcome => outcome.AsText()).ToList();
        return now.Except(old).Select(name => new DefinitionChange(ChangedPart.Outcome, ChangeKind.Added, $"The workflow has a new outcome “{name}”."))
            .Concat(old.Except(now).Select(name => new DefinitionChange(ChangedPart.Outcome, ChangeKind.Removed, $"The workflow's outcome “{name}” is gone.")));
    }

    private static IEnumerable<DefinitionChange> Options(JsonObject? before, JsonObject? after, string group) =>
        DefinitionDiff.Members(before, after)
            .Select(option => Whole($"{group}.{option.Member}", $"The workflow's option “{option.Member}”", option.Before, option.After));

    private static DefinitionChange Whole(string member, string noun, JsonNode? before, JsonNode? after) =>
        new(ChangedPart.Workflow, ChangeKind.Changed, $"{noun} {ValueWords.Change(before, after)}.")
        {
            Member = member,
            Before = before?.ToJsonString(),
            After = after?.ToJsonString(),
        };
}
