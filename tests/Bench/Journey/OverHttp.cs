using System.Diagnostics;
using Assize.Host.Api.Contracts;
using Assize.Host.Demonstration.Journey;
using Assize.Host.Operations;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Journey;

/// <summary>Journeys through a Host of its own process, with the tokens of the people who may; cases go to hearing together, since the clock is everybody's.</summary>
internal sealed class OverHttp(TextWriter output)
{
    private int _begun;

    public async Task RunAsync(int seconds)
    {
        await using var server = await PostgresServer.StartAsync("shared_buffers=256MB", "max_connections=150");
        await using var planned = await BenchDatabase.CreateAsync(server, "planned");
        var discovery = new Discovery(new Product(planned.Services), planned.Services.GetRequiredService<RuleCatalog>());
        while (await discovery.StepAsync() is not null)
        {
            // Each turn is one step of the journey whose plan is wanted.
        }

        await server.ExecuteAsync("CREATE DATABASE http");
        var folder = Directory.CreateTempSubdirectory("assize-bench-http-");
        var host = await HostProcess.StartAsync(folder.FullName, server.ConnectionString("http"));
        using (host)
        {
            var settings = HostSettings.From(new ConfigurationBuilder().AddInMemoryCollection(host.Environment).Build());
            await using var cases = CaseDatabase.Open(server.ConnectionString("http"), "");
            using var http = new HttpClient { BaseAddress = host.HostUrl };
            var signIn = new SignIn(host.IdentityUrl);
            var cast = new Cast(http, signIn, await signIn.PeopleAsync(), settings);
            foreach (var callers in (int[])[1, 8])
            {
                await MeasureAsync(cast, cases, discovery.Plan, callers, seconds);
            }
        }

        folder.Delete(recursive: true);
    }

    private async Task MeasureAsync(Cast cast, CaseDatabase cases, List<PlannedStep> plan, int callers, int seconds)
    {
        var hearing = plan.SkipWhile(step => step.At.Date == Product.Start.Date).FirstOrDefault()?.At ?? Product.Start;
        var before = plan.TakeWhile(step => step.At < hearing).ToList();
        await MoveClockAsync(cast, Product.Start);
        var watch = Stopwatch.StartNew();
        var begun = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => PrepareAsync(cast, cases, before, caller + (callers * 10), watch, seconds))));
        watch.Stop();
        await MoveClockAsync(cast, plan[^1].At.AddDays(Product.DaysLater(_begun)).AddHours(1));
        watch.Start();
        await Task.WhenAll(begun.Select(own => Task.Run(async () =>
        {
            foreach (var journey in own)
            {
                await StepsAsync(cast, cases, [.. plan.Skip(before.Count)], journey);
            }
        })));
        watch.Stop();

        var journeys = begun.Sum(own => own.Count);
        var name = $"postgresql, over HTTP, {callers} caller{(callers == 1 ? "" : "s")}";
        output.WriteLine(new Figure($"{name}: journeys", journeys / watch.Elapsed.TotalSeconds, "per second"));
        output.WriteLine(new Figure($"{name}: steps", journeys * (plan.Count + 1) / watch.Elapsed.TotalSeconds, "per second"));
        output.WriteLine(new Figure($"{name}: journeys committed", await ConcludedAsync(cases, begun), "journeys"));
    }

    private async Task<List<long>> PrepareAsync(Cast cast, CaseDatabase cases, List<PlannedStep> before, int caller, Stopwatch watch, int seconds)
    {
        var begun = new List<long>();
        while (watch.Elapsed < TimeSpan.FromSeconds(seconds))
        {
            var journey = (caller * 50_000L) + begun.Count;
            var charge = System.Text.Json.Nodes.JsonNode.Parse(Product.Charge(journey, Product.DaysLater(Interlocked.Increment(ref _begun))))!;
            await DoneAsync(cast.PoliceSystem, "/api/v1/prosecutions?initiation=charge", charge, $"bench-{journey}");
            await StepsAsync(cast, cases, before, journey);
            begun.Add(journey);
        }

        return begun;
    }

    private static async Task StepsAsync(Cast cast, CaseDatabase cases, List<PlannedStep> steps, long journey)
    {
        await using var db = cases.CreateDbContext();
        var urn = Product.Urn(journey);
        foreach (var step in steps)
        {
            if (step.IsAcknowledgement)
            {
                var message = await db.Messages.AsNoTracking().FirstAsync(message => message.WaitId != null && message.Agency == step.Caller.Agency && db.Cases.Any(file => file.Id == message.CaseId && file.Urn == urn));
                var (_, system) = cast.Systems().First(other => other.Name == MailboxOf(step.Caller.Agency));
                await DoneAsync(system, $"/api/v1/messages/{message.Id}/acknowledge", new { }, $"bench-{message.Id}");
                continue;
            }

            var task = await db.Tasks.AsNoTracking().FirstAsync(task => task.ActivityId == step.ActivityId && task.State == "open" && db.Cases.Any(file => file.Id == task.CaseId && file.Urn == urn));
            var person = cast.Holders(task.LaneAgency, task.LaneRole).First();
            await DoneAsync(cast.As(person), $"/api/v1/tasks/{task.Id}/complete", new CompleteTaskRequest(step.Outcome, step.Fields), $"bench-{task.Id}");
        }
    }

    private static async Task DoneAsync(ApiCaller caller, string path, object content, string key)
    {
        var (status, body) = await caller.SendAsync(HttpMethod.Post, path, content, key);
        if ((int)status >= 300)
        {
            throw ApiCaller.Unexpected(HttpMethod.Post, path, status, body);
        }
    }

    private static async Task MoveClockAsync(Cast cast, DateTimeOffset to) =>
        await cast.PoliceSystem.PutAsync<ClockAnswer>("/api/v1/demonstration/clock", new ClockRequest(Now: to));

    private static async Task<int> ConcludedAsync(CaseDatabase cases, List<long>[] begun)
    {
        await using var db = cases.CreateDbContext();
        var urns = begun.SelectMany(own => own).Select(Product.Urn).ToList();
        return await db.Cases.CountAsync(file => urns.Contains(file.Urn) && file.Outcome != null);
    }

    private static string MailboxOf(string agency) => agency switch
    {
        "merseyside-police" => "demo-client",
        "cps-mersey-cheshire" => "demo-client-cps",
        "liverpool-magistrates" => "demo-client-court",
        _ => "demo-client-defence",
    };
}
