using System.Diagnostics;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Npgsql;

namespace Assize.Bench.Access;

/// <summary>One check, and the first page of cases, in a large database on PostgreSQL.</summary>
internal sealed class AccessBench(TextWriter output)
{
    private const int People = 5000;
    private const int Grants = 20_000;
    private const int Checks = 3000;
    private const int Pages = 400;

    public async Task RunAsync(int cases)
    {
        await using var copy = await TestCaseDatabase.CreateAsync(DatabaseKind.Postgres);
        var clock = Stopwatch.StartNew();
        await WriteAsync(copy.ConnectionString, cases);
        output.WriteLine($"{cases} cases, {People} people and {Grants} grants written in {clock.Elapsed.TotalSeconds:0} s.");
        await using var database = CaseDatabase.Open(copy.ConnectionString, "");
        var access = new AccessEvaluator(TimeProvider.System);
        var random = new Random(1);
        var check = await MeasureAsync(Checks, async () =>
        {
            await using var db = database.CreateDbContext();
            await access.CheckAsync(db, Caller(random.Next(People)), AccessActions.ReadCase, AccessTarget.Case($"c{random.Next(cases):00000000}"), CancellationToken.None);
        });
        var newest = new NewestCases(access, TimeProvider.System);
        var page = await MeasureAsync(Pages, async () =>
        {
            await using var db = database.CreateDbContext();
            await newest.PageAsync(db, Caller(random.Next(People)), null, 26, CancellationToken.None);
        });
        output.WriteLine(new Figure("a check, median", At(check, 0.5), "ms"));
        output.WriteLine(new Figure("a check, 99 of 100", At(check, 0.99), "ms", "< 2"));
        output.WriteLine(new Figure($"a page of {cases} cases, median", At(page, 0.5), "ms"));
        output.WriteLine(new Figure($"a page of {cases} cases, 95 of 100", At(page, 0.95), "ms", "< 100"));
    }

    private static Caller Caller(int number) => new($"s{number}", $"a{number % AccessRows.Agencies}", [], "Bench", false, "bench")
    {
        Acr = "2",
        AuthenticatedAt = DateTimeOffset.UtcNow,
    };

    private static async Task WriteAsync(string connection, int cases)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        foreach (var sql in AccessRows.Sql(cases, People, Grants))
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = 1200;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<double[]> MeasureAsync(int times, Func<Task> run)
    {
        for (var i = 0; i < Math.Min(times / 10, 100); i++)
        {
            await run();
        }

        var taken = new double[times];
        for (var i = 0; i < times; i++)
        {
            var from = Stopwatch.GetTimestamp();
            await run();
            taken[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }

        Array.Sort(taken);
        return taken;
    }

    private static double At(double[] sorted, double part) => sorted[(int)(sorted.Length * part)];
}
