using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reference;

/// <summary>The lists that ship with the product: facts, stated by us, in the files beside this one.</summary>
public static class EmbeddedReference
{
    private static readonly Lazy<ReferenceData> s_data = new(() => ReferenceData.Of(Files().SelectMany(ReadFile)));

    public static ReferenceData Data => s_data.Value;

    /// <summary>One file: {list, about, items:[{code, from, to, …}]}; every other member of an item is its detail.</summary>
    public static IEnumerable<ReferenceItem> ReadFile(JsonObject file)
    {
        string list = file["list"]!.GetValue<string>();
        foreach (JsonObject item in file["items"]!.AsArray().OfType<JsonObject>())
        {
            JsonObject detail = item.DeepClone().AsObject();
            detail.Remove("code");
            detail.Remove("from");
            detail.Remove("to");
            yield return new ReferenceItem(list, item["code"]!.GetValue<string>(), Day(item["from"]), Day(item["to"]), detail);
        }
    }

    private static DateOnly? Day(JsonNode? value) =>
        value is null ? null : DateOnly.ParseExact(value.GetValue<string>(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<JsonObject> Files()
    {
        System.Reflection.Assembly assembly = typeof(EmbeddedReference).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Reference.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize<JsonObject>(stream)!;
        }
    }
}
