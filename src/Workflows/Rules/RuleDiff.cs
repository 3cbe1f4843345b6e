using System.Text.Json.Nodes;
using Assize.Workflows.Rules.Editing;

namespace Assize.Workflows.Rules;

/// <summary>What is different between two files of one kind, in words: a line for each field, and for each rule, question, day or code that came, went, changed or moved.</summary>
public static class RuleDiff
{
    public static IReadOnlyList<string> Between(string kind, JsonObject older, JsonObject newer)
    {
        RuleShape shape = RuleShape.Of(kind);
        return [.. Fields("", shape.Fields, older, newer), .. shape.Parts.SelectMany(part => Parts("", part, older, newer, newer))];
    }

    private static IEnumerable<string> Fields(string where, IEnumerable<RuleField> fields, JsonObject older, JsonObject newer)
    {
        foreach (RuleField field in fields)
        {
            (string before, string after) = (Said(field, older), Said(field, newer));
            if (before == after && JsonNode.DeepEquals(RuleJson.At(older, field.Member), RuleJson.At(newer, field.Member)))
            {
                continue;
            }
            yield return (before, after) switch
            {
                _ when before == after => $"{where}{field.Label}: written differently, and means the same.",
                ("", _) => $"{where}{field.Label} is now {Quoted(after)}; it was empty.",
                (_, "") => $"{where}{field.Label} is now empty; it was {Quoted(before)}.",
                _ => $"{where}{field.Label} is now {Quoted(after)}; it was {Quoted(before)}.",
            };
        }
    }

    private static IEnumerable<string> Parts(string where, RulePart part, JsonObject older, JsonObject newer, JsonObject file)
    {
        List<(string Key, JsonObject Entry)> before = Keyed(part, older), after = Keyed(part, newer);
        Dictionary<string, JsonObject> was = before.ToDictionary(x => x.Key, x => x.Entry), now = after.ToDictionary(x => x.Key, x => x.Entry);
        foreach ((string key, JsonObject entry) in before.Where(x => !now.ContainsKey(x.Key)))
        {
            yield return $"{where}{Capital(part.Noun)} {Quoted(key)} was taken out{Brief(part, entry)}.";
        }
        foreach ((string key, JsonObject entry) in after.Where(x => !was.ContainsKey(x.Key)))
        {
            yield return $"{where}{Capital(part.Noun)} {Quoted(key)} is new{Brief(part, entry)}.";
        }
        foreach ((string key, JsonObject entry) in after.Where(x => was.ContainsKey(x.Key)))
        {
            string within = $"{where}{Capital(part.Noun)} {Quoted(key)}: ";
            IEnumerable<RuleField> fields = part.FieldsIn(file).Concat(part.FieldsIn(older)).DistinctBy(x => x.Member);
            IEnumerable<string> inner = part.Inner is null ? [] : Parts(within, part.Inner, was[key], entry, file);
            foreach (string line in Fields(within, fields, was[key], entry).Concat(inner))
            {
                yield return line;
            }
        }
        foreach (string line in part.IsOrdered ? Moves(where, part, [.. before.Select(x => x.Key).Where(now.ContainsKey)], [.. after.Select(x => x.Key).Where(was.ContainsKey)]) : [])
        {
            yield return line;
        }
    }

    // The fewest entries that, taken out and put back, turn the one order into the other: those outside the longest common order.
    private static IEnumerable<string> Moves(string where, RulePart part, List<string> before, List<string> after)
    {
        HashSet<string> stays = [.. LongestRise([.. after.Select(x => before.IndexOf(x))]).Select(x => before[x])];
        for (int place = 0; place < after.Count; place++)
        {
            if (!stays.Contains(after[place]))
            {
                yield return $"{where}{Capital(part.Noun)} {Quoted(after[place])} moved: it is now {(place == 0 ? "the first" : $"after {Quoted(after[place - 1])}")}.";
            }
        }
    }

    private static List<int> LongestRise(int[] places)
    {
        int[] length = new int[places.Length], from = new int[places.Length];
        for (int at = 0; at < places.Length; at++)
        {
            (length[at], from[at]) = (1, -1);
            for (int earlier = 0; earlier < at; earlier++)
            {
                if (places[earlier] < places[at] && length[earlier] >= length[at])
                {
                    (length[at], from[at]) = (length[earlier] + 1, earlier);
                }
            }
        }
        List<int> rise = [];
        for (int at = length.Length == 0 ? -1 : Array.IndexOf(length, length.Max()); at >= 0; at = from[at])
        {
            rise.Add(places[at]);
        }
        return rise;
    }

    // An entry without a name, or with another's, is told by its number.
    private static List<(string Key, JsonObject Entry)> Keyed(RulePart part, JsonObject of)
    {
        HashSet<string> seen = [];
        List<(string, JsonObject)> keyed = [];
        foreach (JsonObject entry in RuleJson.Entries(of, part.Member))
        {
            string name = part.NameOf(entry), key = name;
            for (int number = 2; !seen.Add(key); number++)
            {
                key = $"{name} ({number})";
            }
            keyed.Add((key, entry));
        }
        return keyed;
    }

    private static string Brief(RulePart part, JsonObject entry) =>
        string.Join(", ", part.Shown.Select(x => RuleJson.Text(entry, x)).Where(x => !string.IsNullOrEmpty(x))) is { Length: > 0 } brief ? $" ({Shortened(brief)})" : "";

    private static string Said(RuleField field, JsonObject of)
    {
        string text = FieldText.Read(field, of).Replace("\n", field.Kind == RuleFieldKind.Condition ? " and " : ", ", StringComparison.Ordinal);
        return field.Choices.FirstOrDefault(x => x.Value == text) is { Words: { } words } ? words : field.Kind == RuleFieldKind.Flag ? text == "true" ? "yes" : "no" : text;
    }

    private static string Quoted(string text) => $"“{Shortened(text)}”";

    private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private static string Capital(string noun) => char.ToUpperInvariant(noun[0]) + noun[1..];
}
