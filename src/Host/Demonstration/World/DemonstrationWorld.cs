using System.Text;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Demonstration.World;

/// <summary>Fills an empty demonstration with a dozen cases, by the commands that everybody uses and as the people who would have given them.</summary>
internal sealed class DemonstrationWorld(CaseDatabase database, ReceiveProsecution receive, WorldWalk walk, BusinessClock clock)
{
    private static readonly TimeSpan DirectoryPatience = TimeSpan.FromSeconds(60);

    private static readonly Caller PoliceSystem =
        new("merseyside-police-case-system", "merseyside-police", ["case-system"], "Merseyside Police case system", true, "merseyside-police-case-system");

    /// <summary>Does nothing where there are cases of anybody's own, or where all of this is there already.</summary>
    public async Task FillAsync(CancellationToken ct)
    {
        var urns = WorldCase.All.Select(plan => plan.Urn).ToList();
        await using (var db = database.CreateDbContext())
        {
            var known = await db.Set<Submission>().Select(submission => submission.Urn).ToListAsync(ct);
            if (known.Except(urns).Any() || known.Contains(urns[^1]))
            {
                return;
            }
        }

        await UntilPeopleAreKnownAsync(ct);
        foreach (var plan in WorldCase.All)
        {
            var received = clock.GetUtcNow().Date.AddDays(-plan.DaysAgo).AddHours(9);
            await ReceiveAsync(plan, received, ct);
            await walk.TakeAsync(plan, received, ct);
        }
    }

    private async Task ReceiveAsync(WorldCase plan, DateTime received, CancellationToken ct)
    {
        var message = new ChargeMessage { Urn = plan.Urn, Today = DateOnly.FromDateTime(received), Defendants = plan.People };
        var body = Encoding.UTF8.GetBytes(message.ToJson().ToJsonString());
        await using var db = database.CreateDbContext();
        await receive.RunAsync(db, new ProsecutionReceived(PoliceSystem, body, "application/json", "charge", $"world-{plan.Urn}", new DateTimeOffset(received, TimeSpan.Zero)), ct);
    }

    /// <summary>Access is decided by the read copy of the directory, which the first pull fills.</summary>
    private async Task UntilPeopleAreKnownAsync(CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < DirectoryPatience; waited += TimeSpan.FromMilliseconds(250))
        {
            await using var db = database.CreateDbContext();
            if (await db.Set<HomeRole>().AnyAsync(ct))
            {
                return;
            }

            await Task.Delay(250, ct);
        }

        throw new TimeoutException("Expected the identity server's directory within a minute, but it did not come. No demonstration cases were made.");
    }
}
