using System.Net;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.Workflows.Operations;
using Xunit;

namespace Assize.Host.Tests.Operations;

/// <summary>A build from before migrations on the database of this one, where <c>ASSIZE_OLDER_HOST</c> names its <c>Assize.Host.dll</c>.</summary>
public sealed class OlderBuildTests
{
    private const string Step = "m7-court-preparation";

    // More than one batch of a migration.
    private const int Charges = 140;

    private static string Older => Environment.GetEnvironmentVariable("ASSIZE_OLDER_HOST")
        ?? throw new InvalidOperationException("Expected ASSIZE_OLDER_HOST to name an older build's Assize.Host.dll, but it names nothing.");

    [Theory(Explicit = true)]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task AnOlderBuild_GoesOnWithMigratedCases_AndThisOneWithWhatItDid(DatabaseKind kind)
    {
        await using var world = await MovingCases.StartAsync(kind, 2);
        var migration = (await world.MigrateAsync(await DoneAsync(world, await world.RehearseAsync()))).Id!;
        await DoneAsync(world, migration);

        await world.KillAsync();
        await world.StartHostAsync(Older);
        var completed = await world.CompleteAsync(MovingCases.UrnOf(0), Step, "Ready");
        await world.RebuildAsync();
        var takenBack = await world.TakeBackAsync(MovingCases.UrnOf(0), Step);
        var before = await world.RebuildAsync();
        await world.KillAsync();
        await world.StartHostAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (completed, takenBack));
        Assert.Equal(HttpStatusCode.OK, await world.CompleteAsync(MovingCases.UrnOf(0), Step, "Ready"));
        Assert.Equal(HttpStatusCode.OK, await world.CompleteAsync(MovingCases.UrnOf(1), Step, "Ready"));
        Assert.NotEqual(before.AsEnumerable(), (await world.RebuildAsync()).AsEnumerable());
        Assert.Equal(0, await world.CountAsync<InstanceRow>(x => x.Incidents > 0));
        Assert.Equal(await world.OpenAsync(), await world.CountAsync<InstanceRow>(x => x.Running && x.DefinitionId == "mags-charged" && x.DefinitionVersion == 4));
    }

    [Theory(Explicit = true)]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task AnOlderBuild_GoesOnWithCases_WhileThisOneMovesThemAndTakesThemBack(DatabaseKind kind)
    {
        await using var world = await MovingCases.StartAsync(kind, Charges);
        var rehearsal = await DoneAsync(world, await world.RehearseAsync());
        await world.KillAsync();
        await world.StartHostAsync(Older);

        var forth = (await world.MigrateAsync(rehearsal)).Id!;
        await InTheMiddleAsync(world, forth);
        Assert.Equal(await world.OpenAsync(), await world.CountAsync<InstanceRow>(x => x.Running && x.DefinitionId == "mags-charged" && x.DefinitionVersion == 4));
        var back = await world.TakeBackAsync(forth);
        await InTheMiddleAsync(world, back);

        Assert.Equal(0, await world.CountAsync<InstanceRow>(x => x.Incidents > 0));
        await world.RebuildAsync();
    }

    // Two cases on either version, and one while the rest moves.
    private static async Task InTheMiddleAsync(MovingCases world, string operation)
    {
        await world.TurnAsync(operation, TimeSpan.Zero);
        var waiting = await world.WaitingAsync(Step);
        Assert.Equal(2, waiting.Count);
        foreach (var urn in waiting.SelectMany(version => version.Take(2)))
        {
            Assert.Equal(HttpStatusCode.OK, await world.CompleteAsync(urn, Step, "Ready"));
        }

        var rest = world.TurnAsync(operation, TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.OK, await world.CompleteAsync(waiting[3].Last(), Step, "Ready"));
        await rest;
        await DoneAsync(world, operation);
    }

    private static async Task<string> DoneAsync(MovingCases world, string operation)
    {
        await world.UntilAsync(operation, x => x.State == OperationState.Completed);
        return operation;
    }
}
