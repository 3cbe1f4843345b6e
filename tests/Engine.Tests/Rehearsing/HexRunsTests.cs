using System.Text.RegularExpressions;
using Assize.Engine.Rehearsing;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Rehearsing;

public sealed partial class HexRunsTests
{
    private static readonly Gen<string> s_texts = Gen.OneOf(
        Gen.String[Gen.Char["0123456789abcdef"], 1, 70],
        Gen.String[Gen.Char["0123456789abcdef"], 32, 32],
        Gen.String[Gen.Char["0123456789abcdef"], 64, 64],
        Gen.String[Gen.Char["xyzF\"-:"], 0, 40]).List[0, 8].Select(string.Concat);

    [Fact]
    public void Next_FindsWhatTheExpressionFinds() => s_texts.Sample(text =>
    {
        List<string> found = [];
        for (var from = 0; HexRuns.Next(text, from) is var (start, end); from = end)
        {
            found.Add(text[start..end]);
        }

        Assert.Equal(Run().Matches(text).Select(m => m.Value), found);
    });

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f])")]
    private static partial Regex Run();
}
