using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Overlays;

/// <summary>The overlays that come with the software.</summary>
public sealed class ShippedOverlayTests
{
    private static readonly IReadOnlyList<DefinitionFile> s_files = DefinitionFiles.Read(Repository.PathOf("definitions"));

    [Fact]
    public async Task A_case_of_the_force_in_the_area_comes_by_both_and_its_history_is_as_kept()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite, _ => true);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())) with { OwnerAgency = "south-wales-police", Area = "South Wales" });
        await world.DoAsync("south-wales-police-check-file", "Checked", """{ "complete": "yes", "redacted": "nothing" }""");
        await world.DoAsync("area-south-wales-welsh", "Arranged", """{ "who": "The defendant", "documents": "The charge" }""");

        await Scenarios.FinishGuiltyPleaAsync(world);

        await using CaseDb db = world.Context();
        Assert.Equal(CaseStatus.Inactive, (await db.Cases.SingleAsync(TestContext.Current.CancellationToken)).Status);
        await world.RebuildAsync();
        PathHistory history = await world.HistoryAsync();
        Assert.Superset(new HashSet<string> { "south-wales-police-check-file", "area-south-wales-welsh", "m4-serve-initial-details", "m7-court-preparation" }, history.Reached.ToHashSet());
        Golden.Matches(history.Write(), "tests/Workflows.Tests/Histories/overlays/south-wales.json");
    }

    [Fact]
    public void Each_is_sound_and_keeps_the_steps_that_the_law_requires_alone_and_with_the_others()
    {
        StatutorySteps table = StatutorySteps.Read(s_files.Where(x => x.Kind == StatutorySteps.Kind).MaxBy(x => x.Version)!.Text);
        Overlay[] all = [.. s_files.Where(x => x.Kind == RuleName.Overlay).Select(x => Overlay.Read(x.Text))];
        Assert.NotEmpty(all);
        NamedWorkflows named = NamedWorkflows.Among(s_files.Where(x => x.Kind == "workflow").Select(x => DefinitionReader.Read(x.Text)));
        foreach (WorkflowDefinition baseline in all.Select(x => x.Workflow).Distinct().SelectMany(Versions))
        {
            foreach (IReadOnlyList<Overlay> set in OverlayChoice.Sets([.. all.Where(x => x.Workflow == baseline.DefinitionId)], baseline.Version))
            {
                OverlayMerged merged = MergeOverlays.Onto(baseline, set);
                Assert.Empty(merged.Problems);
                Assert.Equal(SoundnessKind.Sound, WorkflowSoundness.Of(merged.Definition, named).Kind);
                TraceQuestion asked = new(baseline, merged.Definition, table.Steps.Where(x => x.Workflow == baseline.DefinitionId).Select(x => x.Step).ToHashSet(), named);
                TraceVerdict verdict = new TraceVerdicts().WorkOut(asked);
                Assert.True(verdict.Kind == TraceKind.Kept, verdict.Message);
            }
        }
    }

    private static IEnumerable<WorkflowDefinition> Versions(string workflow) => s_files.Where(x => x.Kind == "workflow" && x.Id == workflow).Select(x => DefinitionReader.Read(x.Text));
}
