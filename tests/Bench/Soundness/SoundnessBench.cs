using System.Diagnostics;
using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.TestKit.Definitions;

namespace Assize.Bench.Soundness;

/// <summary>How long a verdict takes, by the size of the definition: random ones of blocks two deep, so that up to nine branches run side by side.</summary>
internal sealed class SoundnessBench(TextWriter output)
{
    private const int Depth = 2;

    private static readonly int[] Sizes = [10, 25, 50, 100, 200, 350, 500];

    private static readonly WorkflowDefinition Child = DefinitionReader.Read(DefinitionGenerator.ChildJson);

    private readonly SoundnessCheck _check = new(TestActivities.Table, (id, _) => id == DefinitionGenerator.ChildId ? Child : null);

    public void Run(int definitions)
    {
        foreach (var definition in Corpus(50, 40))
        {
            _check.Of(definition);
        }
        output.WriteLine($"{"activities",10} {"p50 ms",9} {"p95 ms",9} {"max ms",9} {"p95 cpu",9} {"states p95",11} {"sound",6} {"unsound",8} {"unknown",8}");
        foreach (var size in Sizes)
        {
            Report(size, [.. Corpus(size, definitions).Select(Measure)]);
        }
    }

    private (double Wall, double Cpu, SoundnessVerdict Verdict) Measure(WorkflowDefinition definition)
    {
        var process = Process.GetCurrentProcess();
        var (cpu, began) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var verdict = _check.Of(definition);
        process.Refresh();
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, (process.TotalProcessorTime - cpu).TotalMilliseconds, verdict);
    }

    private void Report(int size, List<(double Wall, double Cpu, SoundnessVerdict Verdict)> taken)
    {
        var kinds = taken.ToLookup(t => t.Verdict.Kind);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{size,10} {At(taken.Select(t => t.Wall), 50),9:0.0} {At(taken.Select(t => t.Wall), 95),9:0.0} {taken.Max(t => t.Wall),9:0.0} {At(taken.Select(t => t.Cpu), 95),9:0.0} {At(taken.Select(t => (double)t.Verdict.Effort.States), 95),11:0} {kinds[SoundnessKind.Sound].Count(),6} {kinds[SoundnessKind.Unsound].Count(),8} {kinds[SoundnessKind.Unknown].Count(),8}"));
    }

    private static double At(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }

    private static IEnumerable<WorkflowDefinition> Corpus(int activities, int definitions) => Enumerable.Range(0, definitions).Select(seed =>
    {
        var random = new Random(seed);
        return DefinitionReader.Read(DefinitionGenerator.Sized(activities, Depth, [.. Enumerable.Range(0, 20 * activities).Select(_ => random.Next(1000))]));
    });
}
