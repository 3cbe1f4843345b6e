using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Reading;

namespace Assize.Workflows.Intake.Rules;

/// <summary>A piece of canonical JSON that knows its pointer. Absent or mistyped pieces read as empty.</summary>
public readonly record struct Part(JsonObject? Members, string Pointer)
{
    public bool Exists => Members is not null;

    public string At(string member) => $"{Pointer}/{JsonPointer.Escape(member)}";

    public JsonNode? Value(string member) => Members?[member];

    /// <summary>Trimmed text, or null where it is absent, blank or no text.</summary>
    public string? Text(string member) => JsonText.Of(Value(member))?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A code given as text or whole number; the shape check speaks of any other number.</summary>
    public string? Code(string member) => Text(member) ?? JsonText.Integer(Value(member))?.ToString(CultureInfo.InvariantCulture);

    public DateOnly? Date(string member) => JsonText.Date(Value(member));

    public bool Has(string member) => Value(member) is { } value && (value is not JsonValue || JsonText.OfCode(value) is not { } text || text.Trim().Length > 0);

    public Part Child(string member) => new(Value(member) as JsonObject, At(member));

    public IEnumerable<Part> Items(string member)
    {
        if (Value(member) is not JsonArray items)
        {
            yield break;
        }

        for (int index = 0; index < items.Count; index++)
        {
            yield return new Part(items[index] as JsonObject, $"{At(member)}/{index}");
        }
    }
}
