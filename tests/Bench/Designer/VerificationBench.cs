using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Bench.Journey;
using Assize.Engine.Definitions;
using Assize.TestKit.Definitions;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Designer;

/// <summary>Verifies random workflows of people's tasks: while they are drawn, when they are asked about for the first time, and again.</summary>
internal sealed class VerificationBench(BenchDatabase database, TextWriter output)
{
    private const int Activities = 200;
    private const int Depth = 2;

    private readonly DefinitionCheck _check = database.Services.GetRequiredService<DefinitionCheck>();

    public async Task RunAsync(int definitions)
    {
        await using (var db = database.Database.CreateDbContext())
        {
            await PublishedVersions.PublishAsync(db, DefinitionGenerator.ChildJson, "bench", Product.Start, Product.Start, CancellationToken.None);
            await database.Services.GetRequiredService<RuleCatalog>().ReloadAsync(db, CancellationToken.None);
        }

        List<double> drawing = [], first = [], again = [];
        var unknown = 0;
        // The first ones are compiled, and do not count.
        for (var seed = -definitions / 5; seed < definitions; seed++)
        {
            var definition = Drawn(new Random(seed));
            await TakenAsync(drawing, seed, db => _check.RunWhileDrawnAsync(db, definition, CancellationToken.None));
            var verified = await TakenAsync(first, seed, db => _check.RunAsync(db, definition, CancellationToken.None));
            while (verified.IsRunning)
            {
                verified = await TakenAsync([], seed, db => _check.RunAsync(db, definition, CancellationToken.None));
            }

            if (verified.Soundness is null)
            {
                throw new InvalidOperationException($"Expected definition {seed} to be asked for its soundness, but before that stand: {string.Join(" ", verified.Problems.Select(problem => problem.Message).Take(5))}");
            }

            await TakenAsync(again, seed, db => _check.RunAsync(db, definition, CancellationToken.None));
            unknown += seed >= 0 && verified.NeedsAnotherApprover ? 1 : 0;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verified {definitions} of {Activities} activities: whether sound was not known of {unknown}"));
        output.WriteLine(new Figure("verification while drawn, without soundness: 95 of 100", DesignerBench.At(drawing, 95), "ms", "<= 200"));
        output.WriteLine(new Figure("verification, the verdict known: 95 of 100", DesignerBench.At(again, 95), "ms", "<= 200"));
        output.WriteLine(new Figure("verification, asked for the first time: median", Figure.Median(first), "ms"));
        output.WriteLine(new Figure("the same: 95 of 100", DesignerBench.At(first, 95), "ms", "<= 200"));
    }

    private async Task<Verification> TakenAsync(List<double> taken, int seed, Func<CaseDb, Task<Verification>> verify)
    {
        await using var db = database.Database.CreateDbContext();
        var began = Stopwatch.GetTimestamp();
        var verified = await verify(db);
        if (seed >= 0)
        {
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return verified;
    }

    /// <summary>What is drawn of test activities, with steps of the product in their places.</summary>
    private static WorkflowDefinition Drawn(Random random)
    {
        var json = JsonNode.Parse(DefinitionGenerator.Sized(Activities, Depth, [.. Enumerable.Range(0, 20 * Activities).Select(_ => random.Next(1000))]))!.AsObject();
        foreach (var step in Steps(json["root"]!).ToList())
        {
            switch ((string?)step["type"])
            {
                case "Test.Choice":
                    step["type"] = "Assize.CaseTask";
                    (step["agency"], step["role"], step["title"], step["form"]) = (Draw.Literal("court"), Draw.Literal("listing-officer"), Draw.Literal("Choose"), Draw.Literal("second-review"));
                    break;
                case "Test.Each":
                    step["type"] = "Elsa.WriteLine";
                    step["text"] = Draw.Literal("each");
                    break;
            }
        }

        return DefinitionReader.Read(json.ToJsonString());
    }

    private static IEnumerable<JsonObject> Steps(JsonNode? node) => node switch
    {
        JsonObject step => [.. step.ContainsKey("type") && step.ContainsKey("version") ? [step] : (JsonObject[])[], .. step.SelectMany(member => Steps(member.Value))],
        JsonArray items => items.SelectMany(Steps),
        _ => [],
    };
}
