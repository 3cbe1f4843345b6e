using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Operations;

public sealed class RunOperationsTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_oneBatch = TimeSpan.Zero;

    private readonly MovableClock _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RunTurn_BatchByBatch_DoesEverythingOnce(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        string id = await BeginAsync(database);
        RunOperations runner = new(database.Database, [CountingWork.To(10)], _clock);

        Assert.True(await runner.RunTurnAsync(s_oneBatch, Stop));
        Assert.Equal((OperationState.Running, 3L), await StateAsync(database, id));
        Assert.True(await runner.RunTurnAsync(s_long, Stop));

        Assert.Equal((OperationState.Completed, 10L), await StateAsync(database, id));
        Assert.Equal(10, await RowsAsync(database));
        Assert.False(await runner.RunTurnAsync(s_long, Stop));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RunTurn_AfterARunnerDied_GoesOnAtItsLastCommit_AndTheDeadOneCannotWrite(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        string id = await BeginAsync(database);
        RunOperations other = new(database.Database, [CountingWork.To(10)], _clock);
        RunOperations slow = new(database.Database, [CountingWork.To(10, async from =>
        {
            // In its second batch it sleeps so long that another takes its turn and finishes.
            if (from == 3)
            {
                Assert.False(await other.RunTurnAsync(s_long, Stop));
                _clock.Pass(TimeSpan.FromMinutes(2));
                Assert.True(await other.RunTurnAsync(s_long, Stop));
            }
        })], _clock);

        Assert.True(await slow.RunTurnAsync(s_long, Stop));

        Assert.Equal((OperationState.Completed, 10L), await StateAsync(database, id));
        Assert.Equal(10, await RowsAsync(database));
    }

    [Fact]
    public async Task Steer_PausesResumesAndCancels_BetweenBatches()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        string id = await BeginAsync(database);
        RunOperations runner = new(database.Database, [CountingWork.To(10)], _clock);
        await runner.RunTurnAsync(s_oneBatch, Stop);

        await WishAsync(database, id, OperationWish.Pause);
        await runner.RunTurnAsync(s_long, Stop);
        Assert.Equal((OperationState.Paused, 3L), await StateAsync(database, id));
        Assert.False(await runner.RunTurnAsync(s_long, Stop));

        await WishAsync(database, id, null);
        await runner.RunTurnAsync(s_oneBatch, Stop);
        Assert.Equal((OperationState.Running, 6L), await StateAsync(database, id));

        await WishAsync(database, id, OperationWish.Cancel);
        await runner.RunTurnAsync(s_long, Stop);
        Assert.Equal((OperationState.Cancelled, 6L), await StateAsync(database, id));
        Assert.Equal(7, await RowsAsync(database));
    }

    [Fact]
    public async Task RunTurn_ABatchThatFails_IsTriedAgainLater_AndThenSomebodyHasToLook()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        string id = await BeginAsync(database);
        RunOperations runner = new(database.Database, [CountingWork.To(10, from => from == 3 ? throw new TimeoutException() : Task.CompletedTask)], _clock);

        await runner.RunTurnAsync(s_long, Stop);
        Assert.Equal((OperationState.Running, 3L), await StateAsync(database, id));
        Assert.False(await runner.RunTurnAsync(s_long, Stop));
        for (int i = 0; i < 5; i++)
        {
            _clock.Pass(TimeSpan.FromMinutes(2));
            await runner.RunTurnAsync(s_long, Stop);
        }

        Assert.Equal((OperationState.Failed, 3L), await StateAsync(database, id));
        await using CaseDb db = database.Context();
        Assert.Equal("A batch failed (TimeoutException). What was done before stands.", (await db.Operations.SingleAsync(Stop)).Failure);
    }

    [Fact]
    public async Task RunTurn_AReasonThatAPersonCanBeTold_EndsItAtOnce()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        string id = await BeginAsync(database);
        RunOperations runner = new(database.Database, [CountingWork.To(10, _ => throw new OperationFailed("The file is gone."))], _clock);

        await runner.RunTurnAsync(s_long, Stop);

        Assert.Equal((OperationState.Failed, 0L), await StateAsync(database, id));
    }

    [Fact]
    public async Task Begin_WhileOneIsOpenAboutTheSame_GivesThatOne()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);

        string first = await BeginAsync(database), second = await BeginAsync(database);

        Assert.Equal(first, second);
    }

    private async Task<string> BeginAsync(TestCaseDatabase database)
    {
        await using CaseDb db = database.Context();
        TrackedOperation begun = await BeginOperation.AddAsync(db, Caller.Assize, CountingWork.Name, "numbers", new { }, AccessActions.ImportReference, _clock.GetUtcNow(), Stop);
        await db.SaveChangesAsync(Stop);
        return begun.Id;
    }

    private static async Task WishAsync(TestCaseDatabase database, string id, string? wish)
    {
        await using CaseDb db = database.Context();
        TrackedOperation operation = await db.Operations.SingleAsync(x => x.Id == id, Stop);
        (operation.Wish, operation.State) = (wish, operation.State == OperationState.Paused ? OperationState.Waiting : operation.State);
        await db.SaveChangesAsync(Stop);
    }

    private static async Task<(string State, long Done)> StateAsync(TestCaseDatabase database, string id)
    {
        await using CaseDb db = database.Context();
        TrackedOperation operation = await db.Operations.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
        return (operation.State, operation.Done);
    }

    private static async Task<int> RowsAsync(TestCaseDatabase database)
    {
        await using CaseDb db = database.Context();
        return await db.Set<StagedReferenceRow>().CountAsync(Stop);
    }
}
