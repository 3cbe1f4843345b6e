using System.Diagnostics;
using System.Globalization;
using CsCheck;

namespace Assize.TestKit;

/// <summary>
/// The seeds of a longer run, one draw each: how many is said by a variable of its own, the first by ASSIZE_FIRST_SEED (0), and after how many
/// minutes no more are begun by ASSIZE_MINUTES (never). So one run goes on where another stopped.
/// </summary>
public sealed record SeedRange(int First, int Count, TimeSpan Time)
{
    /// <summary>Null where the variable is not set.</summary>
    public static SeedRange? Of(string variable) => Number(variable) is { } count
        ? new(Number("ASSIZE_FIRST_SEED") ?? 0, count, Number("ASSIZE_MINUTES") is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.MaxValue)
        : null;

    /// <summary>Checks one draw of each seed, two at once, and says which were done.</summary>
    public string Run<T>(Gen<T> gen, Action<T> check, int threads = 2)
    {
        var (clock, next) = (Stopwatch.StartNew(), 0);
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            while (clock.Elapsed < Time && Interlocked.Increment(ref next) - 1 is var at && at < Count)
            {
                Check(First + at, () => check(Draw(gen, First + at)));
            }
        });
        return Done(Math.Min(next, Count));
    }

    /// <summary>Checks one draw of each seed, one after the other, and says which were done.</summary>
    public async Task<string> RunAsync<T>(Gen<T> gen, Func<T, Task> check)
    {
        var (clock, next) = (Stopwatch.StartNew(), 0);
        for (; next < Count && clock.Elapsed < Time; next++)
        {
            try
            {
                await check(Draw(gen, First + next));
            }
            catch (Exception e)
            {
                throw Failed(First + next, e);
            }
        }
        return Done(next);
    }

    private static T Draw<T>(Gen<T> gen, int seed) => gen.Generate(new PCG(1, (ulong)seed), null, out _);

    private static void Check(int seed, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e)
        {
            throw Failed(seed, e);
        }
    }

    private static InvalidOperationException Failed(int seed, Exception e) => new(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {e.Message}"), e);

    private string Done(int done) => string.Create(CultureInfo.InvariantCulture, $"{done} of {Count} done, from seed {First}{(done < Count ? $"; go on with ASSIZE_FIRST_SEED={First + done}" : "")}.");

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
