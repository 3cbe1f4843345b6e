using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Bench.Journey;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Assize.TestKit.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Rehearsing;

/// <summary>Open cases with journals of ten to eighteen stimuli, stepped by the engine and written in bulk.</summary>
internal static class OpenCases
{
    private const int Tasks = 20;
    private const int AtOnce = 1000;

    private static readonly WorkflowDefinition s_definition = Flow([]);

    /// <summary>The same with a line written in the past of every case.</summary>
    public static string Changed { get; } = Version(Flow([Draw.Write("note")]), 2);

    public static async Task WriteAsync(BenchDatabase database, int cases, int ways)
    {
        var graph = Compiler.Compile(s_definition, CaseActivities.Table.Catalog);
        await using (var db = database.Database.CreateDbContext())
        {
            await PublishedVersions.PublishAsync(db, Version(s_definition, 1), "bench", Product.Start, Product.Start, CancellationToken.None);
            await database.Services.GetRequiredService<RuleCatalog>().ReloadAsync(db, CancellationToken.None);
        }

        for (var first = 0; first < cases; first += AtOnce)
        {
            var batch = Enumerable.Range(first, Math.Min(AtOnce, cases - first)).AsParallel().Select(number => Step(graph, number, ways)).ToList();
            await using var db = database.Database.CreateDbContext();
            await RowCopy.WriteAsync(db, batch.Select(x => x.Unit));
            await RowCopy.WriteAsync(db, batch.Select(x => x.Instance));
            await RowCopy.WriteAsync(db, batch.SelectMany(x => x.Journal));
        }

        await using var analysed = database.Database.CreateDbContext();
        await analysed.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static (UnitRow Unit, InstanceRow Instance, List<JournalRow> Journal) Step(ExecutionGraph graph, int number, int ways)
    {
        // As the product gives ids: cases that were told the same differ in nothing else.
        var (unit, id) = (Id(number, "unit"), Id(number, "instance"));
        var way = number % ways;
        InstanceState? state = null;
        List<JournalRow> journal = [];
        for (var step = 0; step <= 10 + (way % 8); step++)
        {
            StimulusBody body = state is null
                ? new Start(new JsonObject { ["urn"] = unit }, ImmutableSortedDictionary<string, int>.Empty, unit, null, null, null, RuleSet.Current)
                : new Resume(state.Waits[0].Id, WaitKind.Task, null, new JsonObject { ["way"] = way });
            var stimulus = new Stimulus(string.Create(CultureInfo.InvariantCulture, $"bench/{unit}@{step + 1}"), Product.Start.AddMinutes(number + step), "bench", null, body);
            state = ((Advanced)Advance.Run(graph, CaseActivities.Table, state, id, stimulus, StepResources.None)).State;
            journal.Add(Journal(unit, state, stimulus));
        }

        return (new UnitRow { Id = unit, CreatedAt = Product.Start }, Instance(unit, state!), journal);
    }

    private static string Id(int number, string of) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{of} {number}"))).AsSpan(0, 16));

    private static JournalRow Journal(string unit, InstanceState state, Stimulus stimulus) => new()
    {
        UnitId = unit,
        InstanceId = state.Id,
        Sequence = state.Sequence,
        RequestId = stimulus.RequestId,
        Kind = state.Sequence == 1 ? "start" : "resume",
        At = stimulus.Now,
        RecordedAt = Product.Start,
        Actor = stimulus.Actor,
        DefinitionId = state.DefinitionId,
        DefinitionVersion = state.DefinitionVersion,
        Stimulus = InstanceJson.Write(stimulus),
        Notes = "[]",
    };

    private static InstanceRow Instance(string unit, InstanceState state) => new()
    {
        Id = state.Id,
        UnitId = unit,
        DefinitionId = state.DefinitionId,
        DefinitionVersion = state.DefinitionVersion,
        Running = true,
        SubStatus = state.SubStatus.ToString(),
        Incidents = 0,
        Sequence = state.Sequence,
        State = InstanceJson.Write(state),
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
    };

    private static WorkflowDefinition Flow(JsonObject[] before)
    {
        JsonObject[] steps = [.. before, .. Enumerable.Range(0, Tasks).Select(i => Draw.Task($"task{i}"))];
        var ids = steps.Select(step => (string)step["id"]!).ToList();
        return Draw.Flow(steps, [.. ids.Zip(ids.Skip(1)).Select(pair => $"{pair.First} -> {pair.Second}")]);
    }

    private static string Version(WorkflowDefinition definition, int version)
    {
        var json = JsonNode.Parse(DefinitionWriter.Write(definition))!.AsObject();
        json["version"] = version;
        return json.ToJsonString();
    }
}
