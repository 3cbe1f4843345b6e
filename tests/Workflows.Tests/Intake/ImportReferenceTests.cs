using System.Text.Json.Nodes;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

/// <summary>Imports of invented lists that are interrupted, spoilt and left.</summary>
public sealed class ImportReferenceTests : IDisposable
{
    private const int Offences = 4500;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-lists-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Import_InterruptedAfterABatch_GoesOn_AndIsInForceOnlyAsAWhole(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        Write("cjs-offences.json", Offences);
        Write("forces.json", 2);
        TrackedOperation operation = await BeginAsync(database);

        await Runner(database).RunTurnAsync(operation.Id, TimeSpan.Zero, Stop);
        Assert.Equal(0, await InForceAsync(database));
        await Runner(database).RunTurnAsync(operation.Id, TimeSpan.FromMinutes(1), Stop);

        Assert.Equal(OperationState.Completed, await StateAsync(database));
        Assert.Equal(Offences, await InForceAsync(database));
        await using CaseDb db = database.Context();
        Assert.Equal(0, await db.Set<StagedReferenceRow>().CountAsync(Stop));
        Assert.NotNull((await new ReferenceStore().CurrentAsync(db, Stop)).Find(ReferenceLists.Offence, "QX00042"));
    }

    [Fact]
    public async Task Import_OfAFileThatChangedMeanwhile_IsRefused_AndTheListsStay()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        Write("cjs-offences.json", Offences);
        TrackedOperation operation = await BeginAsync(database);
        await Runner(database).RunTurnAsync(operation.Id, TimeSpan.Zero, Stop);

        Write("cjs-offences.json", Offences + 1);
        await Runner(database).RunTurnAsync(operation.Id, TimeSpan.FromMinutes(1), Stop);

        await using CaseDb db = database.Context();
        Assert.Contains("is not what it was when the import began", (await db.Operations.SingleAsync(Stop)).Failure);
        Assert.Equal(0, await InForceAsync(database));
    }

    [Fact]
    public async Task Import_Cancelled_LeavesTheListsAsTheyWere()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        Write("cjs-offences.json", Offences);
        TrackedOperation operation = await BeginAsync(database);
        await Runner(database).RunTurnAsync(operation.Id, TimeSpan.Zero, Stop);
        await using (CaseDb db = database.Context())
        {
            await db.Operations.ExecuteUpdateAsync(x => x.SetProperty(o => o.Wish, OperationWish.Cancel), Stop);
        }

        await Runner(database).RunTurnAsync(operation.Id, TimeSpan.FromMinutes(1), Stop);

        Assert.Equal(OperationState.Cancelled, await StateAsync(database));
        Assert.Equal(0, await InForceAsync(database));
        await using CaseDb after = database.Context();
        Assert.Equal(0, await after.Set<StagedReferenceRow>().CountAsync(Stop));
    }

    [Fact]
    public async Task Begin_InAFolderWithoutKnownFiles_IsNothing()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb db = database.Context();

        Assert.Null(await ImportFolder.BeginAsync(db, Caller.Assize, _folder.FullName, DateTimeOffset.UtcNow, Stop));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Each runner is another process: it has read nothing yet.
    private static RunOperations Runner(TestCaseDatabase database) => new(database.Database, [new ImportReference().Kind], TimeProvider.System);

    private async Task<TrackedOperation> BeginAsync(TestCaseDatabase database)
    {
        await using CaseDb db = database.Context();
        return (await ImportFolder.BeginAsync(db, Caller.Assize, _folder.FullName, DateTimeOffset.UtcNow, Stop))!;
    }

    private void Write(string file, int count)
    {
        IEnumerable<JsonNode> rows = file == "forces.json"
            ? Enumerable.Range(0, count).Select(n => new JsonObject { ["code"] = $"Q{n}", ["name"] = $"Invented force {n}" })
            : Enumerable.Range(0, count).Select(n => new JsonObject { ["cjsCode"] = $"QX{n:00000}", ["offenceTitle"] = $"Invented offence {n}", ["offenceCategory"] = "CS" });
        File.WriteAllText(Path.Combine(_folder.FullName, file), new JsonArray([.. rows]).ToJsonString());
    }

    private static async Task<int> InForceAsync(TestCaseDatabase database)
    {
        await using CaseDb db = database.Context();
        return await db.Set<ReferenceRow>().CountAsync(row => row.List == ReferenceLists.Offence, Stop);
    }

    private static async Task<string> StateAsync(TestCaseDatabase database)
    {
        await using CaseDb db = database.Context();
        return (await db.Operations.AsNoTracking().SingleAsync(Stop)).State;
    }
}
