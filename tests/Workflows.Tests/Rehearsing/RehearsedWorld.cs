using Assize.Engine.Definitions;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rehearsing;

/// <summary>Two open cases, one of them past its initial details, and a process owner who rehearses.</summary>
internal static class RehearsedWorld
{
    public static Caller Owner { get; } = new("olive", "liverpool-magistrates", [], "Olive", false, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<PathWorld> OpenAsync(DatabaseKind kind)
    {
        PathWorld world = await PathWorld.OpenAsync(kind);
        await using (CaseDb db = world.Context())
        {
            db.Add(new Person { Subject = Owner.Subject, Name = "Olive", Agency = Owner.Agency, IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = Owner.Subject, Role = Roles.ProcessOwner, Agency = Owner.Agency, From = DateTimeOffset.UnixEpoch });
            db.Add(DraftingRight.First(Owner.Subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
            await db.SaveChangesAsync(Stop);
        }
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())), "case-1");
        await world.DoAsync("m4-serve-initial-details", "Served", """{ "material": ["charge", "summary"], "servedOn": "2026-03-02" }""");
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Baker", PathFacts.Theft())) with { Urn = "05ZD1000002" }, "case-2");
        return world;
    }

    public static async Task<WorkflowRehearsal> RehearseAsync(PathWorld world, string text)
    {
        await using CaseDb db = world.Context();
        string id = (await new BeginRehearsal(world.Access, TimeProvider.System).RunAsync(db, Owner, DefinitionReader.Read(text), Stop)).Id!;
        Assert.True(await new RunOperations(world.Database, [new RehearseCases(world.Database, world.Definitions, world.Rules).Kind], TimeProvider.System).RunTurnAsync(id, TimeSpan.FromMinutes(5), Stop));
        TrackedOperation ended = await db.Operations.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
        Assert.True(ended.State == OperationState.Completed, ended.Failure);
        return await db.Rehearsals.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
    }
}
