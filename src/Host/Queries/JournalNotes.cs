using System.Text.Json;
using Assize.Engine.Instances;

namespace Assize.Host.Queries;

/// <summary>The notes of a journal row.</summary>
internal static class JournalNotes
{
    public static IReadOnlyList<JournalNote> Read(string json) => JsonSerializer.Deserialize<List<JournalNote>>(json, JsonSerializerOptions.Web) ?? [];
}
