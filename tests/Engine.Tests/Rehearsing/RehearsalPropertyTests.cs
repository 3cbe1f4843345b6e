using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.TestKit;
using Assize.TestKit.Definitions;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Rehearsing;

public sealed class RehearsalPropertyTests(ITestOutputHelper output)
{
    private static readonly Gen<(DrawnCase Drawn, int[] Edits, int[] Later)> s_pair =
        Gen.Select(DefinitionGenerator.Gen, Gen.Int[0, 999].Array[2, 12], Gen.Int[0, 999].Array[0, 12]);

    private readonly Dictionary<string, int> _met = [];

    [Fact]
    public void AnyPairOfVersions_WhatIsFreeMoves_WithoutIncident_AndBack()
    {
        if (SeedRange.Of("ASSIZE_REHEARSAL_PAIRS") is { } range)
        {
            output.WriteLine(range.Run(s_pair, Hold, threads: 1));
        }
        else
        {
            s_pair.Sample(Hold, iter: 300, threads: 1);
        }

        output.WriteLine(string.Join(", ", _met.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value}")));
        Assert.All((string[])["Same", "Moves", "NeedsMapping", "Stranded", "twins", "untouched", "moved on"], kind => Assert.True(_met.GetValueOrDefault(kind) > 0, kind));
    }

    private void Hold((DrawnCase Drawn, int[] Edits, int[] Later) drawn)
    {
        var (one, other) = (new RecordedCase(drawn.Drawn.Json).Play(Few(drawn.Drawn)), new RecordedCase(drawn.Drawn.Json, "twin") { Now = new(2027, 1, 5, 10, 0, 0, TimeSpan.Zero) }.Play(Few(drawn.Drawn)));
        if (one.State.Status == InstanceStatus.Finished)
        {
            return;
        }
        var changed = DefinitionMutant.Of(drawn.Drawn.Json, drawn.Edits);
        var verdict = one.Rehearse(changed).Verdict;
        Count(verdict);
        Assert.Equal(RehearsalClass.Same, one.Rehearse(drawn.Drawn.Json).Verdict.Class);
        if (one.Key(changed) == other.Key(changed))
        {
            var theirs = other.Rehearse(changed).Verdict;
            Assert.Equal((verdict.Class, verdict.Code, verdict.ActivityId), (theirs.Class, theirs.Code, theirs.ActivityId));
            _met["twins"] = _met.GetValueOrDefault("twins") + 1;
        }
        if (!Changed.Between(drawn.Drawn.Json, changed).Overlaps(Changed.Touched(drawn.Drawn.Json, one)))
        {
            _met["untouched"] = _met.GetValueOrDefault("untouched") + 1;
            Assert.True(verdict.IsFree, verdict.ToString());
        }
        if (verdict.IsFree)
        {
            MigratesAndComesBack(drawn.Drawn.Json, changed, one, drawn.Later);
        }
    }

    // So that most are still open when they are to move.
    private static int[] Few(DrawnCase drawn) => [.. drawn.Dice.Take(4)];

    private void MigratesAndComesBack(string json, string changed, RecordedCase one, int[] later)
    {
        var before = one.State;

        one.Migrate(changed, 2);

        // A version that mends what had failed takes the incident away, and never brings one.
        var mends = before.Incidents.Length > one.State.Incidents.Length;
        Assert.Subset(before.Incidents.Select(i => i.Id).ToHashSet(), one.State.Incidents.Select(i => i.Id).ToHashSet());
        Assert.Equal(before.Waits.Select(w => (w.Id, w.Due, w.ChildId)).Order(), one.State.Waits.Select(w => (w.Id, w.Due, w.ChildId)).Order());
        Assert.Equal(RehearsalClass.Same, one.Rehearse(changed).Verdict.Class);
        var back = one.Rehearse(json).Verdict;
        Assert.True(back.IsFree || mends, back.ToString());
        one.Reverse(before);
        Assert.Equal(InstanceJson.Write(before), InstanceJson.Write(one.State with { Sequence = before.Sequence }));
        Assert.Equal(RehearsalClass.Same, one.Rehearse(json).Verdict.Class);

        one.Migrate(changed, 2).Play(later);

        Assert.True(one.Rehearse(changed).Verdict.Class == RehearsalClass.Same || one.State.Status == InstanceStatus.Finished);
        _met["moved on"] = _met.GetValueOrDefault("moved on") + 1;
    }

    private void Count(RehearsalVerdict verdict)
    {
        _met[$"{verdict.Class}"] = _met.GetValueOrDefault($"{verdict.Class}") + 1;
        _met[verdict.Code] = _met.GetValueOrDefault(verdict.Code) + 1;
    }
}
