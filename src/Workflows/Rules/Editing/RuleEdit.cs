using System.Text.Json.Nodes;

namespace Assize.Workflows.Rules.Editing;

/// <summary>Changes of a file. Each gives the file as it would be; the one given stays as it was.</summary>
public static class RuleEdit
{
    /// <summary>Fills the file's own fields.</summary>
    /// <param name="said">By member; what is not named stays.</param>
    public static JsonObject Fill(RuleShape shape, JsonObject file, IReadOnlyDictionary<string, string> said)
    {
        JsonObject changed = file.DeepClone().AsObject();
        Fill(changed, shape.Fields, said);
        return changed;
    }

    /// <summary>Fills an entry, or adds it; one of an unordered list takes its place by its keys. Null where the path leads nowhere.</summary>
    public static JsonObject? Fill(RuleShape shape, JsonObject file, string path, IReadOnlyDictionary<string, string> said)
    {
        JsonObject changed = file.DeepClone().AsObject();
        if (RulePlace.Find(shape, changed, path) is not { } place)
        {
            return null;
        }
        JsonObject entry = place.Entry ?? [];
        Fill(entry, place.Part.FieldsIn(file), said);
        foreach (string member in place.Part.Objects.Where(x => entry[x] is null))
        {
            entry[member] = new JsonObject();
        }
        if (place.Index is null)
        {
            JsonArray list = place.List ?? [];
            list.Insert(place.Part.IsOrdered ? list.Count : PlaceOf(place.Part, list, entry), (JsonNode)entry);
            if (list.Parent is null)
            {
                place.Owner[place.Part.Member] = list;
            }
        }
        return changed;
    }

    public static JsonObject? Remove(RuleShape shape, JsonObject file, string path)
    {
        JsonObject changed = file.DeepClone().AsObject();
        if (RulePlace.Find(shape, changed, path) is not { Index: { } index } place)
        {
            return null;
        }
        place.List!.RemoveAt(index);
        return changed;
    }

    /// <param name="by">-1: up; 1: down.</param>
    public static JsonObject? Move(RuleShape shape, JsonObject file, string path, int by)
    {
        JsonObject changed = file.DeepClone().AsObject();
        if (RulePlace.Find(shape, changed, path) is not { Index: { } index } place || index + by < 0 || index + by >= place.List!.Count)
        {
            return null;
        }
        JsonNode? entry = place.List[index];
        place.List.RemoveAt(index);
        place.List.Insert(index + by, entry);
        return changed;
    }

    private static int PlaceOf(RulePart part, JsonArray list, JsonObject entry)
    {
        string name = part.NameOf(entry);
        int after = list.TakeWhile(x => x is JsonObject other && string.CompareOrdinal(part.NameOf(other), name) <= 0).Count();
        return after;
    }

    private static void Fill(JsonObject entry, IReadOnlyList<RuleField> fields, IReadOnlyDictionary<string, string> said)
    {
        foreach (RuleField field in fields)
        {
            if (said.TryGetValue(field.Member, out string? text))
            {
                FieldText.Write(field, entry, text.ReplaceLineEndings("\n").Trim());
            }
        }
    }
}
