using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Access;

/// <summary>
/// The check against the filters, row by row, in databases full of drawn worlds: by the count of the worlds in memory (one person, two cases)
/// twenty thousand on each database. ASSIZE_ACCESS_ROWS asks for more.
/// </summary>
public sealed class EvaluatorTests(ITestOutputHelper output)
{
    private static readonly int s_worlds = int.TryParse(Environment.GetEnvironmentVariable("ASSIZE_ACCESS_ROWS"), out int asked) ? asked : 400;
    private readonly AccessEvaluator _access = new(new FakeTimeProvider(DrawnRows.Now));
    private int _worlds;
    private int _allowed;
    private int _denied;
    private int _opened;
    private int _closed;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Filters_InAnyWorld_GiveExactlyWhatTheCheckAllows(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        List<DrawnRows> worlds = [.. Enumerable.Range(0, s_worlds).Select(number => new DrawnRows(number, clockWasPutBack: number % 2 == 0))];
        await using CaseDb db = database.Context();
        foreach (DrawnRows[] some in worlds.Chunk(50))
        {
            Array.ForEach(some, world => world.AddTo(db));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            db.ChangeTracker.Clear();
        }
        foreach (DrawnRows world in worlds)
        {
            await CompareAsync(db, world);
        }

        output.WriteLine($"{_worlds} worlds of one person and two cases on {kind}: {_opened} cases opened, {_closed} not; {_allowed} checks of all kinds allowed, {_denied} denied, no difference.");
        Assert.True(_worlds >= s_worlds * 50, $"Expected every drawn person against every two cases, but there were only {_worlds} such worlds.");
        Assert.True(_opened > (_opened + _closed) / 5, $"Expected a fifth of the cases to open to whoever asks, but only {_opened} did and {_closed} did not.");
    }

    [Fact]
    public async Task DenyAll_InTheEvaluatorsPlace_GivesNothing()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb db = database.Context();
        DrawnRows world = new(1);
        world.AddTo(db);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        DenyAll nobody = new();

        foreach (Caller caller in world.Callers)
        {
            Assert.Empty(await nobody.VisibleCases(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await nobody.VisibleTasks(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await nobody.VisibleSubmissions(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await nobody.VisibleMessages(db, caller).ToListAsync(TestContext.Current.CancellationToken));
            Assert.All(ActionTable.Actions, action => Assert.False(nobody.Decide(caller, action, AccessTarget.None, new AccessFacts { At = DrawnRows.Now }).Allowed));
        }
    }

    private async Task CompareAsync(CaseDb db, DrawnRows world)
    {
        Dictionary<AccessTarget, AccessFacts> things = [];
        // What hangs on a case follows its case: a quarter of the worlds shows that.
        bool hasThings = world.Number % 4 == 0;
        IEnumerable<AccessTarget> targets = [.. world.Cases.Select(x => AccessTarget.Case(x.Id)), .. hasThings ? world.Others.Targets : []];
        foreach (AccessTarget target in targets)
        {
            things[target] = await _access.FactsAsync(db, "nobody", target, CancellationToken.None);
        }
        foreach (Caller caller in world.Callers)
        {
            AccessFacts own = await _access.FactsAsync(db, caller.Subject, AccessTarget.None, CancellationToken.None);
            await SameAsync(AccessTargetKind.Case, AccessActions.ReadCase, _access.VisibleCases(db, caller).Select(x => x.Id));
            _worlds += world.Cases.Count / 2;
            if (!hasThings)
            {
                continue;
            }
            await SameAsync(AccessTargetKind.Task, AccessActions.ReadTask, _access.VisibleTasks(db, caller).Select(x => x.Id));
            await SameAsync(AccessTargetKind.Submission, AccessActions.ReadProsecution, _access.VisibleSubmissions(db, caller).Select(x => x.Id));
            await SameAsync(AccessTargetKind.Message, AccessActions.ReadMessage, _access.VisibleMessages(db, caller).Select(x => x.Id));

            async Task SameAsync(AccessTargetKind kind, string action, IQueryable<string> filter)
            {
                // Every so often against everything there is: other worlds' things must not be listed either.
                string prefix = $"{world.Number}-";
                HashSet<string> listed = [.. await (world.Number % 25 == 0 ? filter : filter.Where(id => id.StartsWith(prefix))).ToListAsync()];
                foreach ((AccessTarget target, AccessFacts facts) in things.Where(thing => thing.Key.Kind == kind))
                {
                    AccessDecision decision = _access.Decide(caller, action, target, facts with { Person = own.Person, Grants = own.Grants, Exclusions = own.Exclusions });
                    Assert.True(
                        decision.Allowed == listed.Remove(target.Id),
                        $"{caller.Subject} of {caller.Agency}, {action} {target.Id}: check says {decision}, filter the opposite.");
                    (_allowed, _denied) = decision.Allowed ? (_allowed + 1, _denied) : (_allowed, _denied + 1);
                    if (kind == AccessTargetKind.Case)
                    {
                        (_opened, _closed) = decision.Allowed ? (_opened + 1, _closed) : (_opened, _closed + 1);
                    }
                }
                Assert.Empty(listed);
            }
        }
    }
}
