using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reading;

/// <summary>One row of the mapping: an element path, a member path, and how the value is read.</summary>
internal sealed record PoliceRow(string From, string To, Func<XmlPart, JsonNode?> As)
{
    /// <summary>The element repeats and becomes a list.</summary>
    public bool Each { get; init; }

    /// <summary>Rows in order; a member that an earlier row has filled stays.</summary>
    public static JsonObject Map(XmlPart part, IEnumerable<PoliceRow> rows)
    {
        JsonObject target = [];
        foreach (PoliceRow row in rows)
        {
            if (row.Read(part) is { } value && !JsonPointer.TryFind(target, "/" + row.To, out _))
            {
                JsonPointer.TrySet(target, "/" + row.To, value);
            }
        }

        return target;
    }

    private JsonNode? Read(XmlPart part)
    {
        int cut = From.LastIndexOf('/');
        XmlPart? parent = cut < 0 ? part : part.Find(From[..cut]);
        XmlPart[] found = [.. parent?.All(From[(cut + 1)..]) ?? []];
        if (Each)
        {
            JsonArray items = [.. found.Select(Take).OfType<JsonNode>()];
            return items.Count > 0 ? items : null;
        }

        return found.Length > 0 ? Take(found[0]) : null;
    }

    private JsonNode? Take(XmlPart part)
    {
        part.Taken = true;
        return As(part);
    }
}
