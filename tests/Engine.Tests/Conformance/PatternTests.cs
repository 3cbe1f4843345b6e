using Xunit;

namespace Assize.Engine.Tests.Conformance;

/// <summary>Every pattern runs in exactly the ways that are listed of it. What the format cannot express is in docs/patterns.md.</summary>
public sealed class PatternTests
{
    private static readonly IReadOnlyList<Pattern> s_patterns = [.. BasicPatterns.All, .. BranchingPatterns.All, .. StatePatterns.All, .. PartialPatterns.All, .. ProgrammedPatterns.All];

    public static TheoryData<int> Numbers => [.. s_patterns.Select(p => p.Number)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Pattern_RunsInTheListedWays_AndNoOther(int number)
    {
        s_patterns.Single(p => p.Number == number).Holds();
    }
}
