using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>The JSON columns of a submission.</summary>
internal static class SubmissionJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 80,
    };

    public static string Write<T>(IReadOnlyList<T> items) => JsonSerializer.Serialize(items, s_options);

    public static string Write(JsonObject canonical) => canonical.ToJsonString(s_options);

    public static IReadOnlyList<Problem> Problems(string text) => JsonSerializer.Deserialize<List<Problem>>(text, s_options) ?? [];

    public static IReadOnlyList<Correction> Corrections(string text) => JsonSerializer.Deserialize<List<Correction>>(text, s_options) ?? [];

    /// <summary>What was received, with every correction made to it.</summary>
    public static JsonObject Corrected(string canonical, IEnumerable<Correction> corrections)
    {
        JsonObject corrected = JsonNode.Parse(canonical, documentOptions: new JsonDocumentOptions { MaxDepth = 80 })!.AsObject();
        foreach (Correction correction in corrections)
        {
            JsonPointer.TrySet(corrected, correction.Pointer, correction.Value);
        }

        return corrected;
    }
}
