using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.TestKit;
using Assize.TestKit.Definitions;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Soundness;

/// <summary>
/// Verdicts on random definitions against a search that takes nothing for granted. More of them, explored as far as in use and with the bar for
/// unknown verdicts, one of each seed: ASSIZE_SOUNDNESS_DEFINITIONS, ASSIZE_SOUNDNESS_MUTANTS, ASSIZE_SOUNDNESS_USING.
/// </summary>
public sealed class SoundnessPropertyTests(ITestOutputHelper output)
{
    // Each build looks at some only, and not far: what it holds is that no verdict is wrong.
    private static readonly SoundnessBounds Few = new(1_500, 6_000, 200_000, 500);
    private const int FewBruteStates = 400;
    private const int ManyBruteStates = 1_000;

    private readonly Tally _tally = new();
    private SoundnessBounds _bounds = Few;

    [Fact]
    public void DrawnDefinitions_GetTheVerdictOfBruteForce()
    {
        Sample("ASSIZE_SOUNDNESS_DEFINITIONS", 500, DefinitionGenerator.Gen, drawn => Compare(drawn.Json));

        Report();
        Assert.True(_tally.Sound > 0, _tally.ToString());
    }

    [Fact]
    public void Mutants_GetTheVerdictOfBruteForce()
    {
        Sample("ASSIZE_SOUNDNESS_MUTANTS", 100, Gen.Select(DefinitionGenerator.Gen, Gen.Int[0, 999].Array[4, 8]), drawn => Compare(DefinitionMutant.Of(drawn.Item1.Json, drawn.Item2)));

        Report();
        Assert.True(_tally.Unsound > 0, _tally.ToString());
    }

    [Fact]
    public void DefinitionsThatUseOthers_GetTheVerdictOfBruteForce()
    {
        Sample("ASSIZE_SOUNDNESS_USING", 200, UsedDefinitions.Gen, drawn => Compare(drawn.Json, (definition, states) => BruteForce.Wrong(definition, TestActivities.Table, UsedDefinitions.Find, states, UsedDefinitions.CallerId)));

        Report();
        Assert.True(_tally is { Sound: > 0, Unsound: > 0 }, _tally.ToString());
    }

    private void Compare(string json, Func<WorkflowDefinition, int, string?>? brute = null)
    {
        var definition = DefinitionReader.Read(json);
        var verdict = new SoundnessCheck(TestActivities.Table, UsedDefinitions.Find, _bounds).Of(definition);
        var states = _bounds == Few ? FewBruteStates : ManyBruteStates;
        var wrong = brute is null ? BruteForce.Wrong(definition, TestActivities.Table, UsedDefinitions.Find, states) : brute(definition, states);
        _tally.Add(verdict, wrong);
        if (wrong is not null && verdict.Kind != SoundnessKind.Unknown)
        {
            Assert.True((wrong.Length > 0) == (verdict.Kind == SoundnessKind.Unsound), $"Brute force says \"{wrong}\", but the verdict is {verdict.Kind}: {string.Join(" | ", verdict.Findings.Select(f => f.Code + ": " + f.Message))} of {json}");
        }
    }

    private void Report()
    {
        output.WriteLine(_tally.ToString());
        Assert.True(_tally.Undecided * 2 <= _tally.All, _tally.ToString());
        if (_bounds == SoundnessBounds.Usual)
        {
            Assert.True(_tally.Unknown * 20 <= _tally.All, _tally.ToString());
        }
    }

    private void Sample<T>(string variable, int otherwise, Gen<T> gen, Action<T> check)
    {
        if (SeedRange.Of(variable) is not { } range)
        {
            gen.Sample(check, iter: otherwise);
            return;
        }
        _bounds = SoundnessBounds.Usual;
        output.WriteLine(range.Run(gen, check));
    }

    private sealed class Tally
    {
        private readonly Lock _lock = new();

        public int All { get; private set; }
        public int Sound { get; private set; }
        public int Unsound { get; private set; }
        public int Unknown { get; private set; }

        /// <summary>Where brute force gave up, so that nothing is compared.</summary>
        public int Undecided { get; private set; }

        private int MostStates { get; set; }

        public void Add(SoundnessVerdict verdict, string? wrong)
        {
            lock (_lock)
            {
                All++;
                Sound += verdict.Kind == SoundnessKind.Sound ? 1 : 0;
                Unsound += verdict.Kind == SoundnessKind.Unsound ? 1 : 0;
                Unknown += verdict.Kind == SoundnessKind.Unknown ? 1 : 0;
                Undecided += wrong is null ? 1 : 0;
                MostStates = Math.Max(MostStates, verdict.Effort.States);
            }
        }

        public override string ToString() =>
            $"{All} definitions: {Sound} sound, {Unsound} unsound, {Unknown} unknown; brute force gave up on {Undecided}; at most {MostStates} states.";
    }
}
