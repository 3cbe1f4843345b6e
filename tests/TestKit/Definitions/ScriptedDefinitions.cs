using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.TestKit.Definitions;

/// <summary>Our definitions, but for one step's instructions in the newest version of mags-charged.</summary>
public static class ScriptedDefinitions
{
    /// <param name="script">JavaScript that gives the instructions of the step, a task.</param>
    public static async Task CopyAsync(string from, string to, string stepId, string script)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*.json", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var newest = Directory.EnumerateFiles(Path.Combine(to, "mags-charged")).MaxBy(file => int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture))!;
        var drawing = JsonNode.Parse(await File.ReadAllTextAsync(newest))!;
        var step = drawing["root"]!["activities"]!.AsArray().Single(activity => (string)activity!["id"]! == stepId)!;
        step["instructions"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } };
        await File.WriteAllTextAsync(newest, drawing.ToJsonString());
    }
}
