using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reference;

/// <summary>The public code lists as their publishers give them, read into ours.</summary>
public static class PublicLists
{
    private static readonly (string File, string List, Func<JsonObject, ReferenceItem?> Read)[] s_known =
    [
        ("cjs-offences.json", ReferenceLists.Offence, Offence),
        ("organisation-unit.json", ReferenceLists.Court, Court),
        ("forces.json", ReferenceLists.Force, row => Text(row, "code") is { Length: 2 } code ? Item(ReferenceLists.Force, code, ("name", Text(row, "name"))) : null),
        ("summons.json", ReferenceLists.Summons, row => Described(ReferenceLists.Summons, row, "cjsCode")),
        ("type-of-hearing.json", ReferenceLists.HearingType, row => Described(ReferenceLists.HearingType, row, "cjsCode")),
        ("alcohol-level-method.json", ReferenceLists.AlcoholMethod, row => Described(ReferenceLists.AlcoholMethod, row, "spiCode")),
        ("remand-status.json", ReferenceLists.CustodyStatus, row => Described(ReferenceLists.CustodyStatus, row, "spiCode")),
    ];

    /// <summary>The known files of a folder, by name.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. s_known.Select(known => known.File).Where(file => File.Exists(Path.Combine(folder, file)))];

    public static string ListOf(string file) => s_known.Single(known => known.File == file).List;

    /// <summary>Each code once for each day from which it holds.</summary>
    /// <exception cref="InvalidDataException">The file is no list of objects.</exception>
    /// <exception cref="JsonException">The file is no JSON.</exception>
    public static async Task<IReadOnlyList<ReferenceItem>> ReadAsync(string folder, string file, CancellationToken ct)
    {
        Func<JsonObject, ReferenceItem?> read = s_known.Single(known => known.File == file).Read;
        return [.. (await RowsAsync(Path.Combine(folder, file), ct)).Select(read).OfType<ReferenceItem>().DistinctBy(item => (item.Code, item.From))];
    }

    private static async Task<IEnumerable<JsonObject>> RowsAsync(string path, CancellationToken ct)
    {
        await using FileStream file = File.OpenRead(path);
        JsonNode? content = await JsonNode.ParseAsync(file, cancellationToken: ct);
        return (content as JsonArray)?.OfType<JsonObject>()
            ?? throw new InvalidDataException($"Expected {Path.GetFileName(path)} to be a list of objects, but it is not.");
    }

    private static ReferenceItem? Offence(JsonObject row) => Text(row, "cjsCode") is { Length: > 0 } code
        ? new ReferenceItem(ReferenceLists.Offence, code, null, null, new JsonObject
        {
            ["title"] = Text(row, "offenceTitle"),
            ["category"] = Text(row, "offenceCategory"),
            ["recordable"] = row["recordableOnPnc"]?.GetValueKind() == JsonValueKind.True,
        })
        : null;

    private static ReferenceItem? Court(JsonObject row)
    {
        string? type = Text(row, "topLevelCode") switch { "B" => "Magistrates", "C" => "Crown", _ => null };
        string house = Text(row, "thirdLevelCode") ?? "00";
        if (type is null || house == "00")
        {
            return null;
        }

        string code = $"{Text(row, "topLevelCode")}{Text(row, "secondLevelCode")}{house}{Text(row, "bottomLevelCode")}";
        string name = $"{Text(row, "thirdLevelName")} {(type == "Crown" ? "Crown Court" : "Magistrates' Court")}";
        return Item(ReferenceLists.Court, code, ("name", name), ("area", Text(row, "secondLevelName")), ("type", type), ("psa", Text(row, "thirdLevelPsaCode")));
    }

    private static ReferenceItem? Described(string list, JsonObject row, string codeMember) =>
        Text(row, codeMember) is { Length: > 0 } code ? Item(list, code, ("description", Text(row, "description"))) : null;

    private static ReferenceItem Item(string list, string code, params ReadOnlySpan<(string Name, string? Value)> details)
    {
        JsonObject detail = [];
        foreach ((string name, string? value) in details)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                detail[name] = value.Trim();
            }
        }

        return new ReferenceItem(list, code, null, null, detail);
    }

    private static string? Text(JsonObject row, string member) => row[member]?.GetValueKind() == JsonValueKind.String ? row[member]!.GetValue<string>() : null;
}
