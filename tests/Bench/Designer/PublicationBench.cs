using System.Diagnostics;
using System.Text.Json.Nodes;
using Assize.Bench.Journey;
using Assize.Engine.Definitions;
using Assize.TestKit;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Designer;

/// <summary>Two people publish on one host; another host watches the same database.</summary>
internal sealed class PublicationBench(BenchDatabase database)
{
    private const string Workflow = "intake";
    private const string Agency = "liverpool-magistrates";

    /// <summary>Seconds of each round, from the answer of the approval to what the other host takes for new cases.</summary>
    public async Task<IReadOnlyList<double>> RunAsync(int rounds)
    {
        await PeopleAsync();
        await using var elsewhere = CaseDatabase.Open(database.ConnectionString, "");
        var other = new RuleCatalog();
        using var stop = new CancellationTokenSource();
        var watching = new CatalogWatch(elsewhere, other).RunAsync(stop.Token);
        List<double> taken = [];
        for (var round = 0; round < rounds; round++)
        {
            var version = await PublishAsync(round);
            var began = Stopwatch.GetTimestamp();
            while (other.Plan(Workflow)?.Releases.Any(release => release.Version == version) != true)
            {
                await Task.Delay(1);
            }

            taken.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        await stop.CancelAsync();
        await watching.ContinueWith(_ => { }, TaskScheduler.Default);
        return taken;
    }

    private async Task<int> PublishAsync(int round)
    {
        await using var db = database.Database.CreateDbContext();
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("definitions/intake/1.json")))!.AsObject();
        json["description"] = $"Round {round}";
        Must<DraftSaved>(await database.Services.GetRequiredService<SaveDraft>().RunAsync(db, Owner("bench-polly"), DefinitionReader.Read(json.ToJsonString()), CancellationToken.None));
        var asked = Must<PublicationRequested>(await database.Services.GetRequiredService<RequestPublication>().RunAsync(db, Owner("bench-polly"), Workflow, null, CancellationToken.None)).Request;
        db.ChangeTracker.Clear();
        Must<PublicationDecided>(await database.Services.GetRequiredService<DecidePublication>().ApproveAsync(db, Owner("bench-otto"), asked.Id, asked.Hash, CancellationToken.None));
        return asked.Version;
    }

    private async Task PeopleAsync()
    {
        await using var db = database.Database.CreateDbContext();
        if (!await db.Set<Agency>().AnyAsync(agency => agency.Id == Agency))
        {
            db.Add(new Agency { Id = Agency, Kind = "court", Name = Agency, Status = DirectoryStatus.Active });
        }

        foreach (var subject in (string[])["bench-polly", "bench-otto"])
        {
            db.Add(new Person { Subject = subject, Name = subject, Agency = Agency, IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = subject, Role = Roles.ProcessOwner, Agency = Agency, From = DateTimeOffset.UnixEpoch });
            db.Add(DraftingRight.First(subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        }

        await db.SaveChangesAsync();
    }

    private static Caller Owner(string subject) => new(subject, Agency, [Roles.ProcessOwner], subject, false, "bench");

    private static T Must<T>(DraftAnswer answer) where T : DraftAnswer =>
        answer as T ?? throw new InvalidOperationException($"Expected {typeof(T).Name}, but it was {(answer as DraftRefused)?.Message ?? answer.ToString()}.");
}
