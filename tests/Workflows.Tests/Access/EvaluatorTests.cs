using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Access;

public sealed class EvaluatorTests
{
    private readonly AccessEvaluator _access = new(new FakeTimeProvider(AccessWorld.Now));

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 60)]
    [InlineData(DatabaseKind.Postgres, 10)]
    public async Task Filters_InAnyWorld_GiveExactlyWhatTheCheckAllows(DatabaseKind kind, int worlds)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        int allowed = 0, denied = 0;
        for (int seed = 0; seed < worlds; seed++)
        {
            AccessWorld world = AccessWorld.Of(seed);
            await using CaseDb db = database.Context();
            await world.SaveAsync(db);
            foreach (Caller caller in world.Callers)
            {
                await SameAsync(db, caller, AccessActions.ReadCase, world.Cases.Select(x => AccessTarget.Case(x.Id)), _access.VisibleCases(db, caller).Select(x => x.Id));
                await SameAsync(db, caller, AccessActions.ReadTask, world.Tasks.Select(x => AccessTarget.Task(x.Id)), _access.VisibleTasks(db, caller).Select(x => x.Id));
                await SameAsync(db, caller, AccessActions.ReadProsecution, world.Submissions.Select(x => AccessTarget.Submission(x.Id)), _access.VisibleSubmissions(db, caller).Select(x => x.Id));
                await SameAsync(db, caller, AccessActions.ReadMessage, world.Messages.Select(x => AccessTarget.Message(x.Id)), _access.VisibleMessages(db, caller).Select(x => x.Id));
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{worlds} worlds on {kind}: {allowed} allowed, {denied} denied, no difference.");
        Assert.True(allowed > worlds, $"Expected worlds in which people may do things, but only {allowed} checks said yes.");
        Assert.True(denied > worlds, $"Expected worlds in which people may not do things, but only {denied} checks said no.");

        async Task SameAsync(CaseDb db, Caller caller, string action, IEnumerable<AccessTarget> targets, IQueryable<string> filter)
        {
            HashSet<string> listed = [.. await filter.ToListAsync()];
            foreach (AccessTarget target in targets)
            {
                AccessDecision decision = await _access.CheckAsync(db, caller, action, target, CancellationToken.None);
                Assert.True(decision.Allowed == listed.Contains(target.Id), $"{caller.Subject} of {caller.Agency}, {action} {target.Id}: check says {decision}, filter {listed.Contains(target.Id)}");
                (allowed, denied) = decision.Allowed ? (allowed + 1, denied) : (allowed, denied + 1);
            }
        }
    }

    [Fact]
    public async Task DenyAll_InTheEvaluatorsPlace_GivesNothing()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb db = database.Context();
        AccessWorld world = AccessWorld.Of(1);
        await world.SaveAsync(db);
        DenyAll nobody = new();

        foreach (Caller caller in world.Callers)
        {
            Assert.Empty(await nobody.VisibleCases(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await nobody.VisibleTasks(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await nobody.VisibleSubmissions(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await nobody.VisibleMessages(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.All(ActionTable.Actions, action => Assert.False(nobody.Decide(caller, action, AccessTarget.None, new AccessFacts()).Allowed));
        }
    }
}
