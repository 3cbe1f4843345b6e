using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Cases;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed class TaskCommandTests
{
    private const string Review = """{ "test": "met", "anticipatedPlea": "GUILTY" }""";

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_completion_refused_says_why_and_changes_nothing(DatabaseKind kind)
    {
        await using PathWorld world = await StartedAsync(kind);
        Refused wrongFields = Assert.IsType<Refused>(await world.TryAsync("m5-initial-review", "Continue", """{ "test": "perhaps" }"""));
        Assert.Equal("fields-invalid", wrongFields.Code);
        Assert.Equal(["/fields/test", "/fields/anticipatedPlea"], wrongFields.Detail!.AsArray().Select(x => (string?)x!["pointer"]));
        Assert.Equal("outcome-unknown", Assert.IsType<Refused>(await world.TryAsync("m5-initial-review", "Drop", Review)).Code);
        Assert.Equal("wrong-lane", Assert.IsType<Refused>(await world.TryAsync("m5-initial-review", "Continue", Review, "paralegal-officer")).Code);
        Assert.Equal("wrong-lane", Assert.IsType<Refused>(await world.TryAsync("m5-initial-review", "Continue", Review, "legal-adviser")).Code);
        Assert.Contains("m5-initial-review", await world.OpenAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_same_request_gets_the_same_answer_and_the_task_ends_once(DatabaseKind kind)
    {
        await using PathWorld world = await StartedAsync(kind);
        WorkTask task = await world.TaskAsync("m5-initial-review");
        Completed first = Assert.IsType<Completed>(await world.TryAsync("m5-initial-review", "Continue", Review, request: "key-1"));
        Assert.Equal("completed", (string?)first.Body!["state"]);
        await using CaseDb db = world.Context();
        Task<CommandAnswer> Again(string request, string fields) => world.Completing.RunAsync(
            db, PathWorld.Caller("reviewing-lawyer"), request, world.Now, task.Id, "Continue", System.Text.Json.Nodes.JsonNode.Parse(fields)!.AsObject(), CancellationToken.None);
        Completed replayed = Assert.IsType<Completed>(await Again("key-1", Review));
        Assert.True(replayed.Replayed);
        Assert.Equal(first.Body!.ToJsonString(), replayed.Body!.ToJsonString());
        Assert.IsType<KeyReused>(await Again("key-1", "{}"));
        Assert.Equal("task-completed", Assert.IsType<Refused>(await Again("key-2", Review)).Code);
    }

    [Fact]
    public async Task A_hearing_cannot_be_recorded_before_its_day()
    {
        await using PathWorld world = await StartedAsync(DatabaseKind.Sqlite);
        await Scenarios.PrepareAsync(world);
        world.Now = PathWorld.Begin;
        Assert.Equal("too-early", Assert.IsType<Refused>(await world.TryAsync("m8-hearing", "Absent", """{ "service": "yes" }""")).Code);
    }

    [Fact]
    public async Task Who_decided_to_discontinue_cannot_check_it()
    {
        await using PathWorld world = await StartedAsync(DatabaseKind.Sqlite);
        await world.DoAsync("m5-initial-review", "Discontinue", """{ "test": "interest", "reason": "Restitution." }""");
        Assert.Equal("same-person", Assert.IsType<Refused>(await world.TryAsync("x-second-review", "Approved", """{ "reason": "Mine." }""")).Code);
        await world.DoAsync("x-second-review", "Approved", """{ "reason": "Agreed." }""", "reviewing-lawyer-2");
        // The other preparation steps are cancelled with it.
        Assert.Empty(await world.OpenAsync());
    }

    [Fact]
    public async Task A_task_is_taken_by_one_and_given_back()
    {
        await using PathWorld world = await StartedAsync(DatabaseKind.Sqlite);
        WorkTask task = await world.TaskAsync("m5-initial-review");
        await using CaseDb db = world.Context();
        Assert.IsType<Completed>(await world.Claiming.RunAsync(db, PathWorld.Caller("reviewing-lawyer-2"), "c1", world.Now, task.Id, CancellationToken.None));
        Assert.Equal("held-by-other", Assert.IsType<Refused>(await world.TryAsync("m5-initial-review", "Continue", Review)).Code);
        Assert.IsType<Completed>(await world.Releasing.RunAsync(db, PathWorld.Caller("reviewing-lawyer-2"), "c2", world.Now, task.Id, CancellationToken.None));
        await world.DoAsync("m5-initial-review", "Continue", Review);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_wrong_completion_is_taken_back_with_what_it_wrote(DatabaseKind kind)
    {
        await using PathWorld world = await StartedAsync(kind);
        await Scenarios.PrepareAsync(world);
        await world.DoAsync("m8-hearing", "Present", """{ "attendance": "IN_PERSON", "identity": "yes" }""");
        await world.DoAsync("m9-plea", "Guilty", """{ "plea": { "1": "GUILTY" } }""");
        WorkTask plea = await world.TaskAsync("m9-plea", TaskState.Completed);
        await using CaseDb db = world.Context();
        CommandAnswer answer = await world.Reinstating.RunAsync(db, PathWorld.Caller("legal-adviser"), "r1", world.Now, plea.Id, "Wrong defendant", CancellationToken.None);
        Assert.True(answer is Completed, (answer as Refused)?.Message);
        Offence offence = await db.Offences.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Null(offence.Plea);
        Assert.Null(offence.ConvictionDate);
        Assert.Equal(["m9-plea"], await world.OpenAsync());
        await world.RebuildAsync();
        await world.DoAsync("m9-plea", "NotGuilty", """{ "plea": { "1": "NOT_GUILTY" } }""");
        Assert.Equal(["m13-case-management"], await world.OpenAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_case_opened_in_error_closes_with_its_work_and_keeps_its_record(DatabaseKind kind)
    {
        await using PathWorld world = await StartedAsync(kind);
        await using CaseDb db = world.Context();
        CommandAnswer answer = await world.Closing.RunAsync(db, PathWorld.Caller("court-administrator"), "e1", world.Now, PathWorld.CaseId, "Sent twice", CancellationToken.None);
        Assert.True(answer is Completed, (answer as Refused)?.Message);
        Assert.Empty(await world.OpenAsync());
        Assert.Equal(CaseStatus.Closed, (await db.Cases.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).Status);
        Assert.Equal(HearingState.Vacated, (await db.Hearings.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).State);
        await world.RebuildAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_guilty_plea_comes_to_its_outcome_on_either_database(DatabaseKind kind)
    {
        await using PathWorld world = await PathWorld.OpenAsync(kind);
        await Scenarios.All["guilty-plea-shop-theft"](world);
        await using CaseDb db = world.Context();
        CaseFile file = await db.Cases.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Sentenced", file.Outcome);
        Assert.Equal(CaseStatus.Inactive, file.Status);
        HearingDefendant part = await db.HearingDefendants.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Concluded", part.Ordered);
        Assert.Equal(HearingState.Shared, (await db.Hearings.SingleAsync(TestContext.Current.CancellationToken)).State);
        Assert.Equal(new DateOnly(2026, 3, 16), (await db.Offences.SingleAsync(TestContext.Current.CancellationToken)).ConvictionDate);
        Assert.Equal(3, await db.Messages.CountAsync(TestContext.Current.CancellationToken));
        Assert.Contains("\"code\":\"FO\"", (await db.Messages.FirstAsync(x => x.Kind == "hearing-results", TestContext.Current.CancellationToken)).Payload, StringComparison.Ordinal);
        await world.RebuildAsync();
    }

    private static async Task<PathWorld> StartedAsync(DatabaseKind kind)
    {
        PathWorld world = await PathWorld.OpenAsync(kind);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())));
        return world;
    }
}
