using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Host.Tests.Operations;

/// <summary>Hosts that are killed while they rehearse and migrate, and others that go on.</summary>
public sealed class KilledMigrationTests
{
    // More than one batch of a migration.
    private const int Charges = 140;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task AHost_KilledWhileItRehearsesMigratesAndTakesBack_LeavesWork_ThatTheNextDoesOnce(DatabaseKind kind)
    {
        await using var world = await MovingCases.StartAsync(kind, Charges);
        var before = await world.RebuildAsync();

        var rehearsal = await RehearseAsync(world);
        var migration = await MigrateAsync(world, rehearsal);
        var moved = await world.RebuildAsync();
        Assert.Equal("migration-running", (await TwoAtOnceAsync(world, rehearsal)).Code);
        await TakeBackAsync(world, migration);

        Assert.All(moved, x => Assert.NotEqual(before[x.Key], x.Value));
        Assert.Equal(before.AsEnumerable(), (await world.RebuildAsync()).AsEnumerable());
    }

    private static async Task<string> RehearseAsync(MovingCases world)
    {
        var id = await world.RehearseAsync();
        await world.UntilAsync(id, operation => operation.State == OperationState.Running);
        await world.KillAsync();
        var rows = await world.CountAsync<RehearsedCase>(x => x.RehearsalId == id);
        Assert.True(rows == 0 || rows == await world.OpenAsync(), $"Expected a batch to be written whole or not at all, but there are {rows} rows.");
        await world.StartHostAsync();

        await world.UntilAsync(id, operation => operation.State == OperationState.Completed);
        Assert.Equal(await world.OpenAsync(), await world.CountAsync<RehearsedCase>(x => x.RehearsalId == id));
        return id;
    }

    private static async Task<string> MigrateAsync(MovingCases world, string rehearsal)
    {
        var id = (await world.MigrateAsync(rehearsal)).Id!;
        // In the middle of the second batch, whose commands are committed and whose progress is not.
        await world.UntilAsync(async db => await db.Set<JournalRow>().CountAsync(x => x.Kind == "migrate") > 110);
        await world.KillAsync();
        var (half, open) = (await world.CountAsync<JournalRow>(x => x.Kind == "migrate"), await world.OpenAsync());
        Assert.InRange(half, 111, open - 1);
        Assert.Equal(half, await world.CountAsync<InstanceRow>(x => x.Running && x.DefinitionId == "mags-charged" && x.DefinitionVersion == 4));
        await world.RebuildAsync();
        await world.StartHostAsync();

        await world.UntilAsync(id, operation => operation.State == OperationState.Completed);
        Assert.Equal(open, await world.CountAsync<JournalRow>(x => x.Kind == "migrate"));
        Assert.Equal(open, await world.CountAsync<MigratedCase>(x => x.MigrationId == id && x.Moved));
        Assert.Equal(open, await world.CountAsync<Audit.AuditEntry>(x => x.Action == Workflows.Access.AccessActions.MigrateCases && x.SubjectKind == "case"));
        return id;
    }

    // Of the two who ask at the same moment one begins and one is told so.
    private static async Task<MigrationAnswer> TwoAtOnceAsync(MovingCases world, string rehearsal)
    {
        var answers = await Task.WhenAll(Task.Run(() => world.MigrateAsync(rehearsal)), Task.Run(() => world.MigrateAsync(rehearsal)));
        var begun = Assert.Single(answers, x => x.Id is not null);
        var ended = await world.UntilAsync(begun.Id!, operation => operation.State == OperationState.Completed);
        Assert.Equal(0, await world.CountAsync<MigratedCase>(x => x.MigrationId == ended.Id && x.Moved));
        return answers.Single(x => x.Id is null);
    }

    private static async Task TakeBackAsync(MovingCases world, string migration)
    {
        // Signed in before: the work itself may take less time.
        var steer = await world.SteeringAsync();
        var id = await world.TakeBackAsync(migration);
        await steer(id, "pause");
        var paused = await world.UntilAsync(id, operation => operation.State == OperationState.Paused);
        await world.KillAsync();
        await world.StartHostAsync();
        Assert.Equal(paused.Done, (await world.UntilAsync(id, operation => operation.State == OperationState.Paused)).Done);

        steer = await world.SteeringAsync();
        await steer(id, "resume");
        var ended = await world.UntilAsync(id, operation => operation.State == OperationState.Completed);
        Assert.Equal(ended.Total, ended.Done);
        Assert.Equal(await world.OpenAsync(), await world.CountAsync<MigratedCase>(x => x.MigrationId == id && x.Moved));
    }
}
