using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Soundness;

/// <summary>The tokens of a flowchart in one order, and of those that are alike no more than can matter.</summary>
/// <remarks>
/// A loop may add a token with every round. More than <see cref="Exact"/> that are alike are kept as so many, and marked as that many or more;
/// so long as one of them is left it is known that there is one, and whether the last is gone is known where they were taken away together.
/// </remarks>
internal static class TokenCounts
{
    private const int Exact = 3;

    private const string AtLeast = "atLeast";

    /// <summary>True where it depends on how many tokens there really were whether one is left. Called after each step, with the tokens before it.</summary>
    public static bool Settle(JsonObject memory, ILookup<(int Line, bool Blocked), int> before)
    {
        var now = Of(memory);
        var marked = memory.ArrayOf(AtLeast).Select(Token).Where(t => now[t].Any()).ToHashSet();
        // One step takes away one token of a kind, or all.
        var isUsed = memory.ArrayOf(AtLeast).Select(Token).Any(t => !now[t].Any() && before[t].Count() == 1);
        marked.UnionWith(now.Where(g => g.Count() > Exact).Select(g => g.Key));
        memory["tokens"] = Write(now.OrderBy(g => g.Key).SelectMany(g => Enumerable.Repeat(g.Key, Math.Min(Exact, g.Count()))));
        memory.Remove(AtLeast);
        if (marked.Count > 0)
        {
            memory[AtLeast] = Write(marked.Order());
        }
        return isUsed;
    }

    public static ILookup<(int Line, bool Blocked), int> Of(JsonObject memory) => memory.ArrayOf("tokens").Select(Token).ToLookup(t => t, t => t.Line);

    private static (int Line, bool Blocked) Token(JsonNode? token) => (token![0]!.GetValue<int>(), token[1]!.GetValue<bool>());

    private static JsonArray Write(IEnumerable<(int Line, bool Blocked)> tokens) => [.. tokens.Select(t => new JsonArray(t.Line, t.Blocked))];
}
