using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Assize.Identity.Administration;

/// <summary>Reads a body that may say what its contract names and nothing else: a member too many is refused by its name.</summary>
internal static class BodyReader
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The body and its text, or why it cannot be taken.</summary>
    public static async Task<(T? Body, string Text, Outcome? Refusal)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        using StreamReader reader = new(http.Request.Body);
        string text = await reader.ReadToEndAsync(http.RequestAborted);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            List<string> unknown = [.. Unknown(document.RootElement, typeof(T), "")];
            return unknown.Count > 0
                ? (null, text, Outcome.Refused(StatusCodes.Status400BadRequest, "unknown_member",
                    $"Expected only members that can be set here, but the body also has: {string.Join(", ", unknown)}. Nothing was changed."))
                : (document.Deserialize<T>(Json), text, null);
        }
        catch (JsonException)
        {
            return (null, text, Outcome.Refused(StatusCodes.Status400BadRequest, "not_readable", "Expected a JSON object as the contract describes it, each member once, but the body is none. Nothing was changed."));
        }
    }

    private static IEnumerable<string> Unknown(JsonElement value, Type type, string path)
    {
        JsonTypeInfo info = Json.GetTypeInfo(type);
        if (value.ValueKind == JsonValueKind.Array && info.ElementType is { } element)
        {
            return value.EnumerateArray().SelectMany((item, index) => Unknown(item, element, $"{path}[{index}]"));
        }
        if (value.ValueKind != JsonValueKind.Object || info.Kind != JsonTypeInfoKind.Object)
        {
            return [];
        }
        string prefix = path.Length == 0 ? "" : path + ".";
        Dictionary<string, Type> members = info.Properties.ToDictionary(property => property.Name, property => property.PropertyType);
        return value.EnumerateObject().SelectMany(member => members.TryGetValue(member.Name, out Type? known)
            ? Unknown(member.Value, known, prefix + member.Name)
            : [prefix + Printable(member.Name)]);
    }

    // A name is shown again, in an answer and perhaps in a log.
    private static string Printable(string name) => new([.. name.Take(60).Select(letter => char.IsControl(letter) ? '·' : letter)]);
}
