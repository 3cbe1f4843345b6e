using System.Collections.Concurrent;
using System.Diagnostics;
using Assize.Bench.Journey;
using Assize.Engine.Commands;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Rehearsing;

/// <summary>The police who charge, and people who take tasks, fifty times a second: half of them in the cases whose turn to move is next.</summary>
internal sealed class BusyPeople(BenchDatabase database, int cases)
{
    private const int AtOnce = 4;

    /// <summary>How many cases are being moved, or about to be.</summary>
    private const int Turn = 100;
    private const string Step = "m7-court-preparation";
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentBag<Asked> _asked = [];
    private readonly ConcurrentBag<string> _failed = [];

    public async Task ReceiveAsync()
    {
        var product = new Product(database.Services);
        await Parallel.ForEachAsync(Enumerable.Range(0, cases), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => await product.ReceiveAsync(number, Product.DaysLater(number)));
    }

    /// <summary>Until it is told to stop: the requests, those that took the least time first, and why some failed.</summary>
    public async Task<(IReadOnlyList<Asked> Requests, IReadOnlyCollection<string> Failed)> GoOnAsync(CancellationToken stop)
    {
        await using var db = database.Database.CreateDbContext();
        var tasks = await db.Tasks.AsNoTracking().Where(x => x.ActivityId == Step).OrderBy(x => x.CaseId).Select(x => new { x.Id, x.CaseId, x.LaneAgency, x.LaneRole }).ToListAsync(CancellationToken.None);
        var places = tasks.Select((task, place) => (task.CaseId, place)).ToDictionary(x => x.CaseId!, x => x.place);
        List<Task> asked = [];
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var due = number * s_between;
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed, CancellationToken.None);
            }

            // A case without a day for its hearing has no such task yet.
            var place = number % 2 == 0 || await LastMovedAsync(db) is not { } last || !places.TryGetValue(last, out var moved) ? random.Next(tasks.Count) : (moved + 1 + random.Next(Turn)) % tasks.Count;
            var (task, request) = (tasks[place], $"take-{number}");
            asked.Add(Task.Run(() => TakeAsync(task.Id, (task.LaneAgency, task.LaneRole), request, clock, due), CancellationToken.None));
        }

        await Task.WhenAll(asked);
        return ([.. _asked.OrderBy(x => x.Took)], _failed);
    }

    // Asked of the operation, which is one row: to search all journals for it would make requests late before they are sent.
    private static async Task<string?> LastMovedAsync(CaseDb db) =>
        await db.Operations.Where(x => x.Kind == BeginMigration.Name && x.State == OperationState.Running).Select(x => x.Cursor).FirstOrDefaultAsync(CancellationToken.None);

    private async Task TakeAsync(string task, (string Agency, string Role) lane, string request, Stopwatch clock, TimeSpan due)
    {
        var (sent, paused) = (clock.Elapsed, GC.GetTotalPauseDuration());
        try
        {
            await using var db = database.Database.CreateDbContext();
            var caller = BenchPeople.Holder(lane.Agency, lane.Role);
            var answer = await database.Services.GetRequiredService<ClaimTask>().RunAsync(db, caller, request, Product.Start, task, CancellationToken.None);
            if (answer is not Completed)
            {
                _failed.Add($"{answer}");
            }
        }
        catch (Exception failure)
        {
            _failed.Add($"{failure.GetType().Name}: {failure.Message}");
        }

        _asked.Add(new Asked(DateTime.Now, due, sent - due, clock.Elapsed - due, GC.GetTotalPauseDuration() - paused));
    }
}

/// <summary>A request: when it ended (local time) and when it was due, how long it waited to be sent and for its answer since then, and how long garbage was collected after it was sent.</summary>
internal readonly record struct Asked(DateTime Ended, TimeSpan Due, TimeSpan Waited, TimeSpan Took, TimeSpan Collected);
