using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reference;

/// <summary>A code of a list, and what is known of it while it is in effect.</summary>
/// <param name="From">First day; null where it was always so, or nobody knows since when.</param>
/// <param name="To">Last day; null where it still is so.</param>
public sealed record ReferenceItem(string List, string Code, DateOnly? From, DateOnly? To, JsonObject Detail)
{
    public bool IsInEffect(DateOnly day) => (From is null || From <= day) && (To is null || day <= To);

    public string? Text(string member) => Detail[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public bool Flag(string member) => Detail[member] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public int? Number(string member) => Detail[member] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<int>() : null;
}
