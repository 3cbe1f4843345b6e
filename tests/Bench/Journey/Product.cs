using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Host.Demonstration;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Journey;

/// <summary>Whole journeys through the commands, in this process.</summary>
internal sealed class Product(IServiceProvider services)
{
    private static readonly DateTimeOffset Received = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private int _begun;

    private readonly CaseDatabase _database = services.GetRequiredService<CaseDatabase>();
    private readonly ReceiveProsecution _receive = services.GetRequiredService<ReceiveProsecution>();
    private readonly CompleteTask _complete = services.GetRequiredService<CompleteTask>();
    private readonly AcknowledgeMessage _acknowledge = services.GetRequiredService<AcknowledgeMessage>();

    public CaseDatabase Database => _database;

    public static string Urn(long journey) => $"05BN{journey % 10_000_000:0000000}";

    public static DateTimeOffset Start => Received;

    // A court day holds forty first hearings, so that journeys are spread over days: Tuesdays to Thursdays, which are never holidays in the years at hand.
    private static readonly int[] HearingDays =
        [.. Enumerable.Range(15, 400).Where(days => Received.AddDays(days).DayOfWeek is DayOfWeek.Tuesday or DayOfWeek.Wednesday or DayOfWeek.Thursday)];

    /// <summary>How many days after the first journey's hearing the given one (from 0) has its own.</summary>
    public static int DaysLater(int begun) => HearingDays[Math.Min(begun / 30, HearingDays.Length - 1)] - HearingDays[0];

    public static byte[] Charge(long journey, int daysLater) => Encoding.UTF8.GetBytes(new ChargeMessage
    {
        Urn = Urn(journey),
        Today = DateOnly.FromDateTime(Received.Date),
        DaysToHearing = HearingDays[0] + daysLater,
        Defendants = [new("Ashley", "Benchmark", new DateOnly(1990, 1, 1), 1, "1 Yard Street", [new("CJ67002", "Dale Street, Liverpool", "On the date shown was guilty, while drunk, of disorderly behaviour.")])],
    }.ToJson().ToJsonString());

    /// <summary>Journeys a second, and how many were finished.</summary>
    /// <param name="atLeast">Goes on until there are so many.</param>
    public async Task<(double PerSecond, long Count)> RunAsync(IReadOnlyList<PlannedStep> plan, int callers, int seconds, int round, int atLeast = 0)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            long count = 0;
            while (watch.Elapsed < TimeSpan.FromSeconds(seconds) || count < atLeast / callers)
            {
                await JourneyAsync(plan, (caller * 1_000_000L) + (round * 100_000) + ++count);
            }

            return count;
        })));
        return (counts.Sum() / watch.Elapsed.TotalSeconds, counts.Sum());
    }

    public async Task ReceiveAsync(long journey, int daysLater)
    {
        await using var db = _database.CreateDbContext();
        var answer = await _receive.RunAsync(db, new ProsecutionReceived(BenchPeople.System("merseyside-police"), Charge(journey, daysLater), "application/json", "charge", RequestId(journey, 0), Received), CancellationToken.None);
        if (answer is not Taken)
        {
            throw new InvalidOperationException($"Expected the charge of journey {journey} to be taken, but it was {answer}.");
        }
    }

    public async Task<JsonNode> StepAsync(PlannedStep step, string id, long journey, int number)
    {
        await using var db = _database.CreateDbContext();
        var answer = step.IsAcknowledgement
            ? await _acknowledge.RunAsync(db, step.Caller, RequestId(journey, number), step.At, id, CancellationToken.None)
            : await _complete.RunAsync(db, step.Caller, RequestId(journey, number), step.At, id, step.Outcome, (JsonObject)step.Fields.DeepClone(), CancellationToken.None);
        return answer is Completed { Body: { } body }
            ? body
            : throw new InvalidOperationException($"Expected step {number} ({step.ActivityId}, {step.Outcome}) to complete, but it was {answer}.");
    }

    private async Task JourneyAsync(IReadOnlyList<PlannedStep> plan, long journey)
    {
        var daysLater = DaysLater(Interlocked.Increment(ref _begun));
        await ReceiveAsync(journey, daysLater);
        await using var db = _database.CreateDbContext();
        var open = await PairsAsync(db, "SELECT activity_id, id FROM work_task WHERE case_id = (SELECT id FROM case_file WHERE urn = @urn)", journey);
        Dictionary<string, string>? messages = null;
        for (var number = 0; number < plan.Count; number++)
        {
            var step = plan[number].At.Date == Received.Date ? plan[number] : plan[number] with { At = plan[number].At.AddDays(daysLater) };
            if (step.IsAcknowledgement)
            {
                messages ??= await PairsAsync(db, "SELECT agency, id FROM message WHERE wait_id IS NOT NULL AND unit_id = (SELECT id FROM case_file WHERE urn = @urn)", journey);
                await StepAsync(step, messages[step.Caller.Agency], journey, number + 1);
                continue;
            }

            var answer = await StepAsync(step, open[step.ActivityId!], journey, number + 1);
            foreach (var opened in answer["opened"]?.AsArray() ?? [])
            {
                open[(string)opened!["activityId"]!] = (string)opened["id"]!;
            }
        }
    }

    // What a caller would know from its own screen: looked up as cheaply as may be, since it is no part of a step.
    private static async Task<Dictionary<string, string>> PairsAsync(CaseDb db, string sql, long journey)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        var urn = command.CreateParameter();
        (urn.ParameterName, urn.Value) = ("@urn", Urn(journey));
        command.Parameters.Add(urn);
        await using var reader = await command.ExecuteReaderAsync();
        var pairs = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            pairs[reader.GetString(0)] = reader.GetString(1);
        }

        await db.Database.CloseConnectionAsync();
        return pairs;
    }

    private static string RequestId(long journey, int step) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"bench {journey} {step}"))))[..32];
}
