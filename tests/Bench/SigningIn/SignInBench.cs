using System.Diagnostics;
using System.Globalization;
using Assize.TestKit.Databases;

namespace Assize.Bench.SigningIn;

/// <summary>
/// Sign-ins by code flow with S256, ours beside the smallest server that OpenIddict makes, over loopback HTTP in this process.
/// A sign-in is the same five requests at both: authorize, the page, its form, authorize again, the token.
/// </summary>
internal sealed class SignInBench(TextWriter output)
{
    private const int Callers = 8;
    private const int Rounds = 3;

    public async Task RunAsync(DatabaseKind kind, int seconds)
    {
        await using var ours = await OurServer.StartAsync(kind);
        await using var bare = await BareServer.StartAsync(kind);
        using SignInDriver toOurs = new(ours.Url, OurServer.Client), toBare = new(bare.Url, BareServer.Client);
        (string Name, SignInDriver Driver)[] sides = [("Assize", toOurs), ("bare OpenIddict", toBare)];

        // Unmeasured: both are compiled, and both databases have their first rows.
        foreach (var side in sides)
        {
            await MeasureAsync(side.Driver, seconds);
        }

        var taken = sides.ToDictionary(side => side.Name, _ => new List<Round>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, driver) in sides)
            {
                taken[name].Add(await MeasureAsync(driver, seconds));
            }
        }

        output.WriteLine($"{kind}, {Callers} callers, medians of {Rounds} rounds of {seconds} s:");
        foreach (var (name, _) in sides)
        {
            output.WriteLine(new Figure($"  {name}, sign-ins", Figure.Median(taken[name].Select(round => round.PerSecond)), "a second"));
            output.WriteLine(new Figure($"  {name}, one sign-in, median", Figure.Median(taken[name].Select(round => round.Median)), "ms"));
            output.WriteLine(new Figure($"  {name}, one sign-in, 95 of 100", Figure.Median(taken[name].Select(round => round.Slow)), "ms"));
            output.WriteLine(new Figure($"  {name}, processor", Figure.Median(taken[name].Select(round => round.Processor)), "ms a sign-in"));
        }

        var share = Figure.Median(taken["Assize"].Select(round => round.PerSecond)) / Figure.Median(taken["bare OpenIddict"].Select(round => round.PerSecond)) * 100;
        output.WriteLine(new Figure("  Assize, share of bare OpenIddict's sign-ins", share, "%"));
    }

    private static async Task<Round> MeasureAsync(SignInDriver driver, int seconds)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var end = TimeSpan.FromSeconds(seconds);
        var times = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            List<double> own = [];
            while (clock.Elapsed < end)
            {
                var start = clock.Elapsed;
                await driver.SignInAsync();
                own.Add((clock.Elapsed - start).TotalMilliseconds);
            }

            return own;
        }));
        process.Refresh();
        var all = times.SelectMany(own => own).Order().ToList();
        return all.Count == 0
            ? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Expected a sign-in within {seconds} s, but there was none."))
            : new Round(all.Count / clock.Elapsed.TotalSeconds, all[all.Count / 2], all[(int)(all.Count * 0.95)], (process.TotalProcessorTime - before).TotalMilliseconds / all.Count);
    }

    private sealed record Round(double PerSecond, double Median, double Slow, double Processor);
}
