using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <summary>Takes the public code lists of a folder into the database; each list that is found replaces what was imported of it.</summary>
public static class ImportReference
{
    private static readonly (string File, string List, Func<JsonObject, ReferenceItem?> Read)[] s_files =
    [
        ("cjs-offences.json", ReferenceLists.Offence, Offence),
        ("organisation-unit.json", ReferenceLists.Court, Court),
        ("forces.json", ReferenceLists.Force, row => Text(row, "code") is { Length: 2 } code ? Item(ReferenceLists.Force, code, ("name", Text(row, "name"))) : null),
        ("summons.json", ReferenceLists.Summons, row => Described(ReferenceLists.Summons, row, "cjsCode")),
        ("type-of-hearing.json", ReferenceLists.HearingType, row => Described(ReferenceLists.HearingType, row, "cjsCode")),
        ("alcohol-level-method.json", ReferenceLists.AlcoholMethod, row => Described(ReferenceLists.AlcoholMethod, row, "spiCode")),
        ("remand-status.json", ReferenceLists.CustodyStatus, row => Described(ReferenceLists.CustodyStatus, row, "spiCode")),
    ];

    /// <returns>How many items of each list were taken; empty where the folder holds none of the known files.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> RunAsync(DbContext db, string folder, CancellationToken ct)
    {
        Dictionary<string, int> taken = [];
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach ((string file, string list, Func<JsonObject, ReferenceItem?> read) in s_files)
        {
            string path = Path.Combine(folder, file);
            if (!File.Exists(path))
            {
                continue;
            }

            ReferenceItem[] items = [.. (await ReadAsync(path, ct)).Select(read).OfType<ReferenceItem>().DistinctBy(item => (item.Code, item.From))];
            await db.Set<ReferenceRow>().Where(row => row.List == list).ExecuteDeleteAsync(ct);
            db.AddRange(items.Select(Row));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            taken[list] = items.Length;
        }

        if (taken.Count > 0)
        {
            await CountUpAsync(db, ct);
        }

        await transaction.CommitAsync(ct);
        return taken;
    }

    private static async Task CountUpAsync(DbContext db, CancellationToken ct)
    {
        int changed = await db.Set<ReferenceVersion>().ExecuteUpdateAsync(row => row.SetProperty(x => x.Version, x => x.Version + 1), ct);
        if (changed == 0)
        {
            db.Add(new ReferenceVersion { Id = ReferenceVersion.OnlyRow, Version = 1 });
            await db.SaveChangesAsync(ct);
        }
    }

    private static async Task<IEnumerable<JsonObject>> ReadAsync(string path, CancellationToken ct)
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

    private static ReferenceRow Row(ReferenceItem item) => new()
    {
        List = item.List,
        Code = item.Code,
        FromDay = item.From ?? DateOnly.MinValue,
        ToDay = item.To,
        Detail = item.Detail.ToJsonString(),
    };

    private static string? Text(JsonObject row, string member) => row[member]?.GetValueKind() == JsonValueKind.String ? row[member]!.GetValue<string>() : null;
}
