using Assize.Workflows.Access.Deciding;
using CsCheck;
using Xunit;

namespace Assize.Workflows.Tests.Access.Deciding;

/// <summary>The gates against the sets, over worlds nobody thought of. ASSIZE_ACCESS_WORLDS asks for more of them.</summary>
public sealed class GatePropertyTests(ITestOutputHelper output)
{
    private static readonly Gen<ulong> s_seeds = Gen.ULong;
    private static readonly int s_worlds = int.TryParse(Environment.GetEnvironmentVariable("ASSIZE_ACCESS_WORLDS"), out int asked) ? asked : 1_000_000;

    [Fact]
    public void Gates_InAnyWorld_AllowExactlyWhatTheSetsHold_AndAFifthOfThemAllow()
    {
        int allowed = 0;
        s_seeds.Sample(
            seed =>
            {
                DrawnWorld world = DrawnWorld.Of(new Draws(seed));
                HashSet<string> sets = AccessSets.Allowed(world.Question, world.Cases);
                bool isFirst = Gates.Run(world.Question).Allowed;
                if (isFirst)
                {
                    Interlocked.Increment(ref allowed);
                }
                return isFirst == sets.Contains("c0") && Gates.Run(world.Question with { Case = world.Cases[1] }).Allowed == sets.Contains("c1");
            },
            iter: s_worlds);

        output.WriteLine($"{s_worlds} worlds, {allowed} of them end in a yes.");
        Assert.True(allowed > s_worlds / 5, $"Expected a fifth of the worlds to end in a yes, but only {allowed} of {s_worlds} do.");
    }

    [Fact]
    public void AnotherExclusion_InAnyWorld_NeverWidens() => s_seeds.Sample(
        seed =>
        {
            Draws draw = new(seed);
            DrawnWorld world = DrawnWorld.Of(draw);
            AccessQuestion more = world.Question with { Exclusions = [.. world.Question.Exclusions, DrawnWorld.Exclusion(draw, world.Cases[0])] };
            return !Gates.Run(more).Allowed || Gates.Run(world.Question).Allowed;
        },
        iter: s_worlds / 10);

    [Fact]
    public void OrderOfGrants_InAnyWorld_DoesNotMatter() => s_seeds.Sample(
        seed =>
        {
            AccessQuestion asked = DrawnWorld.Of(new Draws(seed)).Question;
            Verdict one = Gates.Run(asked), other = Gates.Run(asked with { Grants = [.. asked.Grants.Reverse()] });
            return (one.Outcome, one.Code, one.Hint) == (other.Outcome, other.Code, other.Hint)
                && one.Sufficient.Select(grant => grant.Id).Order().SequenceEqual(other.Sufficient.Select(grant => grant.Id).Order());
        },
        iter: s_worlds / 10);

    [Fact]
    public void SealedCase_InAnyWorld_OpensToNamedGrantsOnly_AndIsOtherwiseUnknown() => s_seeds.Sample(
        seed =>
        {
            AccessQuestion asked = DrawnWorld.Of(new Draws(seed)).Question;
            asked = asked with { Case = asked.Case! with { Sealed = true } };
            Verdict verdict = Gates.Run(asked), unknown = Gates.Run(asked with { Case = null });
            return verdict.Outcome is Outcome.Allow or Outcome.StepUp
                ? verdict.Sufficient.All(grant => grant.Type is GrantType.Case or GrantType.Cross && grant.CaseId == asked.Case!.Id && grant.SealEpoch == asked.Case.SealEpoch)
                : (verdict.Outcome, verdict.Hint) == (unknown.Outcome, unknown.Hint);
        },
        iter: s_worlds / 10);

    [Fact]
    public void AnotherAgencysCase_InAnyWorld_IsNeverOpenedWithoutItsConsent() => s_seeds.Sample(
        seed =>
        {
            AccessQuestion asked = DrawnWorld.Of(new Draws(seed)).Question;
            Verdict verdict = Gates.Run(asked);
            return !verdict.Allowed || asked.Case!.TakesPart(asked.Person!.Agency)
                || verdict.Sufficient.All(grant => grant.Type == GrantType.Cross && grant.Consented!.Agency == asked.Case.Owner && grant.Consented.PersonId != asked.Person.PersonId);
        },
        iter: s_worlds / 10);
}
