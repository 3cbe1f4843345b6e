using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Designer;

/// <summary>The drop-downs of the palette: what is published here, and who works here, by the names that people know.</summary>
internal sealed class StudioLists(CaseDatabase database, DefinitionQueries definitions, ReferenceStore reference)
{
    private const int MostAgencies = 500;

    /// <summary>The items of each input that has a list, by the input's name.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Value)>>> ReadAsync(CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var resources = await db.PublishedResources.AsNoTracking().Select(resource => new { resource.Kind, resource.Id }).Distinct().ToListAsync(ct);
        var workflows = (await definitions.ListAsync(ct)).Where(row => row.RetractedAt is null).GroupBy(row => row.Id).Select(group => group.MaxBy(row => row.Version)!);
        var agencies = await db.Set<Agency>().AsNoTracking().Where(agency => agency.Status == DirectoryStatus.Active).OrderBy(agency => agency.Name).Take(MostAgencies)
            .Select(agency => new { agency.Id, agency.Name }).ToListAsync(ct);
        IReadOnlyList<(string, string)> Published(string kind) => [.. resources.Where(resource => resource.Kind == kind).Select(resource => (resource.Id, resource.Id)).Order()];
        return new Dictionary<string, IReadOnlyList<(string, string)>>
        {
            ["Form"] = Published("form"),
            ["Table"] = Published("table"),
            ["Calendar"] = Published("calendar"),
            ["Workflow"] = [.. workflows.Select(row => (row.Name ?? row.Id, row.Id))],
            ["HearingType"] = [.. (await reference.CurrentAsync(db, ct)).List(ReferenceLists.HearingType).DistinctBy(item => item.Code)
                .Select(item => ($"{item.Code}: {item.Text("name") ?? item.Text("description") ?? Words.Hearing(item.Code)}", item.Code))],
            ["Role"] = [.. Roles.OfPeople.Select(role => (Words.Role(role), role))],
            ["Agency"] = [.. Lanes.Recipients, .. agencies.Where(agency => Lanes.Recipients.All(known => known.Value != agency.Id)).Select(agency => (agency.Name, agency.Id))],
        };
    }

    /// <summary>The input as a drop-down; what a definition says already is among its items, published or not.</summary>
    public static InputDescriptor AsList(InputDescriptor input, IReadOnlyList<(string Text, string Value)> items, IEnumerable<string> used) => input with
    {
        UIHint = "dropdown",
        UISpecifications = Specification([.. items, .. used.Where(value => value.Length > 0 && items.All(item => item.Value != value)).Order(StringComparer.Ordinal)
            .Select(value => ($"{value} (not published)", value))]),
    };

    public static JsonObject Specification(IEnumerable<(string Text, string Value)> items) => new()
    {
        ["dropdown"] = new JsonObject
        {
            ["selectList"] = new JsonObject
            {
                ["items"] = new JsonArray([.. items.Select(item => new JsonObject { ["text"] = item.Text, ["value"] = item.Value })]),
                ["isFlagsEnum"] = false,
            },
        },
    };
}
