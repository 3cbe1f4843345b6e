using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assize.Engine.Instances;

namespace Assize.Engine.Storage;

/// <summary>The notes of a journal row: a JSON array of <see cref="JournalNote"/>.</summary>
public static class NotesJson
{
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IReadOnlyList<JournalNote> Read(string notes) => JsonSerializer.Deserialize<List<JournalNote>>(notes, Options) ?? [];
}
