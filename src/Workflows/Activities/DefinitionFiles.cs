using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Activities;

/// <summary>One published file of the definitions folder; where it lies says what it is.</summary>
/// <param name="Kind">"workflow", "statutory", "overlay", or one of <see cref="RuleName.Kinds"/>.</param>
/// <param name="Path">Relative to the folder, with forward slashes.</param>
public sealed record DefinitionFile(string Kind, string Id, int Version, string Path, string Text)
{
    /// <summary>Equal content, equal hash.</summary>
    public string Hash() => Kind == "workflow" ? DefinitionHash.Of(Text) : RuleHash.Of(Text);
}

/// <summary>Reads the definitions folder: forms, tables, calendars, code lists, overlays and what the law requires in folders of their own, all else a workflow.</summary>
public static class DefinitionFiles
{
    public static IReadOnlyList<DefinitionFile> Read(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .OrderBy(x => x.Path, StringComparer.Ordinal)
            .Select(x => Of(x.Path, File.ReadAllText(x.File)))];

    private static DefinitionFile Of(string path, string text)
    {
        string[] parts = path.Split('/');
        string kind = parts[0] switch { "forms" => "form", "tables" => "table", "calendars" => "calendar", "lists" => "list", "overlays" => RuleName.Overlay, "statutory" => "statutory", _ => "workflow" };
        if (kind == RuleName.Overlay && parts is [_, var owner, var workflow, _])
        {
            parts = [parts[0], $"{owner}.{workflow}", parts[^1]];
        }
        int place = kind == "workflow" ? 0 : 1;
        return parts.Length == place + 2 && int.TryParse(Path.GetFileNameWithoutExtension(parts[^1]), CultureInfo.InvariantCulture, out int version)
            ? new DefinitionFile(kind, parts[place], version, path, text)
            : throw new InvalidDataException($"Expected a file like definitions/{(place == 0 ? "" : parts[0] + "/")}<id>/<version>.json, but there is definitions/{path}.");
    }
}
