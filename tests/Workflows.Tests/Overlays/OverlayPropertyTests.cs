using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Verifying;
using Xunit;

namespace Assize.Workflows.Tests.Overlays;

/// <summary>
/// Overlays drawn by chance on our own workflows: what may be published reads, keeps the baseline's steps, takes nothing from those that the law requires and is not unsound;
/// all else is refused with its operation. More of them: ASSIZE_OVERLAYS.
/// </summary>
public sealed class OverlayPropertyTests(ITestOutputHelper output)
{
    // What a required step may say otherwise; all else of it is the law's.
    private static readonly string[] s_free = ["title", "instructions", "priority"];

    private static readonly StatutorySteps s_law = StatutorySteps.Read(
        DefinitionFiles.Read(Repository.PathOf("definitions")).Where(x => x.Kind == StatutorySteps.Kind).MaxBy(x => x.Version)!.Text);

    [Theory]
    [InlineData("mags-charged")]
    [InlineData("mags-charged-defendant")]
    [InlineData("intake")]
    public async Task Drawn_operations_come_to_a_workflow_that_stands_or_are_refused(string workflow)
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite);
        world.Verdicts = new(TimeSpan.FromMinutes(2));
        WorkflowDefinition baseline = DrawnOverlay.Baseline(workflow);
        int passed = 0, drawn = int.TryParse(Environment.GetEnvironmentVariable("ASSIZE_OVERLAYS"), NumberStyles.None, CultureInfo.InvariantCulture, out int many) ? many : 12;
        for (int seed = 0; seed < drawn; seed++)
        {
            RandomOverlay chance = new(baseline, new Random(seed));
            JsonObject file = DrawnOverlay.File(string.Join(',', Enumerable.Range(0, 1 + (seed % 3)).Select(chance.Operation)), workflow: workflow, first: baseline.Version);
            await using CaseDb db = world.Context();

            Verification verification = await world.Overlaying.RunAsync(db, DrawnOverlay.Name(file), file, waits: true, TestContext.Current.CancellationToken);

            passed += verification.MayBePublished ? 1 : 0;
            Holds(baseline, DrawnOverlay.Read(file), verification, $"{workflow}, seed {seed}: {file["operations"]!.ToJsonString()}");
        }
        output.WriteLine($"{workflow}: {drawn} drawn, {passed} may be published");
        Assert.InRange(passed, 1, drawn - 1);
    }

    private static void Holds(WorkflowDefinition baseline, Overlay overlay, Verification verification, string which)
    {
        Assert.False(verification.IsRunning, which);
        HashSet<string> required = [.. s_law.Steps.Where(x => x.Workflow == baseline.DefinitionId).Select(x => x.Step)];
        if (overlay.Operations.Any(x => x.Member is { } member && required.Contains(x.Activity) && !s_free.Contains(member)))
        {
            Assert.False(verification.MayBePublished, which);
        }
        if (!verification.MayBePublished)
        {
            Assert.NotEmpty(verification.Problems);
            return;
        }
        OverlayMerged merged = MergeOverlays.Onto(baseline, overlay);
        WorkflowDefinition read = DefinitionReader.Read(EffectiveVersions.Text(merged.Definition, [overlay], -1));
        Dictionary<string, ActivityNode> steps = read.Root.SelfAndBelow().ToDictionary(x => x.Id);
        Assert.All(baseline.Root.SelfAndBelow(), x => Assert.True(steps.TryGetValue(x.Id, out ActivityNode? kept) && kept.Type == x.Type, $"{which} lost {x.Id}"));
        Assert.Equal(baseline.Root.SelfAndBelow().Count() + overlay.Operations.Count(x => x.Does == OverlayDoes.Add), steps.Count);
        Assert.All(baseline.Root.SelfAndBelow().Where(x => required.Contains(x.Id)), x => Assert.Equal(Law(x), Law(steps[x.Id])));
        Assert.All(verification.Checks.Where(x => x.Name == "Soundness"), x => Assert.True(x.State is CheckState.Passed or CheckState.Doubtful, which));
    }

    // The whole step but what may be said otherwise, and where it is drawn.
    private static string Law(ActivityNode step)
    {
        JsonObject json = JsonNode.Parse(step.Json.ToJsonString())!.AsObject();
        foreach (string free in s_free.Append("metadata").Append("nodeId"))
        {
            json.Remove(free);
        }
        return json.ToJsonString();
    }
}
