using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rehearsing;

public sealed class RehearseCasesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Rehearse_ClassesEachCase_AndChangesNothingElse(DatabaseKind kind)
    {
        await using PathWorld world = await WorldAsync(kind);
        string text = Renamed(Published(), "m4-serve-initial-details", "m4-serve-details");

        WorkflowRehearsal same = await RehearsedWorld.RehearseAsync(world, Published());
        string before = await TableSums.OfAsync(world.Database, Stop);
        WorkflowRehearsal changed = await RehearsedWorld.RehearseAsync(world, text);
        string after = await TableSums.OfAsync(world.Database, Stop);

        Assert.Equal((3, 0, 0, 0), (same.Same, same.Moves, same.NeedsMapping, same.Stranded));
        Assert.Equal((0, 0, 3, 0), (changed.Same, changed.Moves, changed.NeedsMapping, changed.Stranded));
        Assert.Equal(before, after);
        await using CaseDb db = world.Context();
        List<RehearsedCase> rows = await db.Set<RehearsedCase>().Where(x => x.RehearsalId == changed.Id).OrderBy(x => x.UnitId).ToListAsync(Stop);
        Assert.Equal(["case-1", "case-2", "case-3"], rows.Select(x => x.UnitId));
        Assert.All(rows, row => Assert.Equal(("wait-new", "m4-serve-details"), (row.Code, row.ActivityId)));
    }

    [Fact]
    public async Task Rehearse_ATitleThatChanged_MovesWhoeverWaitsThere()
    {
        await using PathWorld world = await WorldAsync(DatabaseKind.Sqlite);

        WorkflowRehearsal titled = await RehearsedWorld.RehearseAsync(world, Published().Replace("M4 Serve the initial details", "M4 Send the initial details", StringComparison.Ordinal));

        Assert.Equal((3, 0, 0), (titled.Same + titled.Moves, titled.NeedsMapping, titled.Stranded));
        Assert.True(titled.Moves >= 2, $"{titled.Moves}");
    }

    [Fact]
    public async Task Rehearse_OfCasesToldTheSame_ReplaysOneOfThem()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        // Ids as the product gives them: two who were told the same differ in nothing else.
        foreach (string id in (string[])[new('e', 32), new('f', 32)])
        {
            world.Now = world.Now.AddMinutes(3);
            await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Carter", PathFacts.Theft())) with { Urn = $"05ZD10000{id[..2]}" }, id);
        }
        await using CaseDb db = world.Context();
        RehearsalStage stage = await RehearsalStage.OpenAsync(db, Rehearsal(), world.Definitions, world.Rules, Stop);
        var open = await OpenJournals.ReadAsync(db, "mags-charged", "", 10, Stop);
        await stage.PrepareAsync(db, open, Stop);

        RehearsalVerdict?[] verdicts = [.. open.Select(stage.VerdictOf)];

        Assert.Equal(4, open.Count);
        Assert.Same(verdicts[2], verdicts[3]);
        Assert.NotSame(verdicts[0], verdicts[2]);
    }

    [Fact]
    public async Task Rehearse_ACaseThatBreaks_SaysSoOfThatCase_AndClassesTheOthers()
    {
        await using PathWorld world = await WorldAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        JournalRow answered = await db.Set<JournalRow>().Where(x => x.UnitId == "case-1" && x.Kind == "resume").OrderBy(x => x.Position).FirstAsync(Stop);
        Resume told = (Resume)InstanceJson.ReadStimulus(answered.Stimulus).Body;
        await db.Set<JournalRow>().Where(x => x.Position == answered.Position)
            .ExecuteUpdateAsync(x => x.SetProperty(row => row.Stimulus, answered.Stimulus.Replace(told.WaitId, new string('0', 32), StringComparison.Ordinal)), Stop);

        WorkflowRehearsal done = await RehearsedWorld.RehearseAsync(world, Published());

        Assert.Equal((2, 0, 1, 0), (done.Same, done.Moves, done.NeedsMapping, done.Stranded));
        RehearsedCase broken = await db.Set<RehearsedCase>().SingleAsync(x => x.RehearsalId == done.Id && x.UnitId == "case-1", Stop);
        Assert.Equal("not-rehearsed", broken.Code);
        Assert.Contains("to take stimulus", broken.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_WhatBrokeOnce_IsNotWhatTheNextTryFinds()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        BreaksOnce breaks = new(CaseActivities.Table.Find("Assize.CaseTask")!);
        DefinitionCatalog catalog = new(new ActivityTable([.. CaseActivities.Table.Handlers.Select(x => x.Descriptor.TypeName == "Assize.CaseTask" ? breaks : x)]));
        RehearsalStage stage = await RehearsalStage.OpenAsync(db, Rehearsal(), catalog, world.Rules, Stop);
        var open = await OpenJournals.ReadAsync(db, "mags-charged", "", 10, Stop);
        await stage.PrepareAsync(db, open, Stop);

        RehearsalVerdict first = stage.VerdictOf(open[0])!;
        RehearsalVerdict second = stage.VerdictOf(open[0])!;

        Assert.Equal((RehearsalClass.NeedsMapping, "not-rehearsed"), (first.Class, first.Code));
        Assert.Equal(RehearsalClass.Same, second.Class);
    }

    [Theory]
    [InlineData("mags-charged/3")]
    [InlineData("mags-charged-defendant/2")]
    [InlineData("intake/1")]
    public void OurOwnWorkflows_TellNoInstantsApart(string file)
    {
        StimuliKey keys = new([Compiler.Compile(DefinitionReader.Read(File.ReadAllText(Repository.PathOf($"definitions/{file}.json"))), CaseActivities.Table.Catalog)], ["urn"]);

        Assert.Equal(keys.Of("one", 1, [Told("2026-03-02T09:00:00.000000Z")]), keys.Of("other", 1, [Told("2026-08-03T09:00:00.000000Z")]));

        static string Told(string now) => $$$"""{"actor":"tests","body":{"$kind":"start","input":{}},"now":"{{{now}}}","requestId":"one"}""";
    }

    [Fact]
    public async Task Begin_WithoutTheRole_OrWhileAnotherTextRuns_IsRefused()
    {
        await using PathWorld world = await WorldAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        BeginRehearsal begin = new(world.Access, TimeProvider.System);

        RehearsalAnswer denied = await begin.RunAsync(db, PathWorld.Caller("solicitor"), DefinitionReader.Read(Published()), Stop);
        RehearsalAnswer first = await begin.RunAsync(db, RehearsedWorld.Owner, DefinitionReader.Read(Published()), Stop);
        RehearsalAnswer again = await begin.RunAsync(world.Context(), RehearsedWorld.Owner, DefinitionReader.Read(Published()), Stop);
        RehearsalAnswer other = await begin.RunAsync(world.Context(), RehearsedWorld.Owner, DefinitionReader.Read(Renamed(Published(), "m7-court-preparation", "m7")), Stop);

        Assert.Equal(AccessCodes.RoleMissing, denied.Code);
        Assert.NotNull(first.Id);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal("rehearsal-running", other.Code);
    }

    [Fact]
    public async Task Rehearse_Cancelled_LeavesNoHalfList()
    {
        await using PathWorld world = await WorldAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        string id = (await new BeginRehearsal(world.Access, TimeProvider.System).RunAsync(db, RehearsedWorld.Owner, DefinitionReader.Read(Published()), Stop)).Id!;
        RunOperations runner = new(world.Database, [new RehearseCases(world.Database, world.Definitions, world.Rules).Kind], TimeProvider.System);
        await runner.RunTurnAsync(id, TimeSpan.Zero, Stop);

        await db.Operations.Where(x => x.Id == id).ExecuteUpdateAsync(x => x.SetProperty(o => o.Wish, OperationWish.Cancel), Stop);
        await runner.RunTurnAsync(id, TimeSpan.FromMinutes(1), Stop);

        Assert.Equal(OperationState.Cancelled, await db.Operations.Where(x => x.Id == id).Select(x => x.State).SingleAsync(Stop));
        Assert.Equal((0, 0), (await db.Set<RehearsedCase>().CountAsync(Stop), await db.Rehearsals.CountAsync(Stop)));
    }

    private static async Task<PathWorld> WorldAsync(DatabaseKind kind)
    {
        PathWorld world = await RehearsedWorld.OpenAsync(kind);
        world.Now = world.Now.AddMinutes(3);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Carter", PathFacts.Theft())) with { Urn = "05ZD1000003" }, "case-3");
        return world;
    }

    private static WorkflowRehearsal Rehearsal() => new()
    {
        Id = "r",
        DefinitionId = "mags-charged",
        Version = 4,
        Name = "n",
        Hash = "h",
        Text = Published(),
        Agency = "a",
        CreatedAt = PathWorld.Begin,
    };

    private static string Published() => File.ReadAllText(Repository.PathOf("definitions/mags-charged/3.json"));

    private static string Renamed(string text, string step, string name)
    {
        JsonObject json = JsonNode.Parse(text.Replace($"\"{step}\"", $"\"{name}\"", StringComparison.Ordinal))!.AsObject();
        return json.ToJsonString();
    }

    private sealed class BreaksOnce(IActivityHandler real) : IActivityHandler
    {
        private bool _broke;

        public ActivityDescriptor Descriptor => real.Descriptor;

        public void Enter(IStep step)
        {
            if (!_broke)
            {
                _broke = true;
                throw new InvalidOperationException("This moment was a bad one.");
            }
            real.Enter(step);
        }

        public void Resume(IStep step, Wait wait, StimulusBody stimulus) => real.Resume(step, wait, stimulus);

        public StepConduct? ConductOf(ActivityNode node) => real.ConductOf(node);
    }
}
