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
    /// <param name="isOver">True for a line that is never visited again: what would swallow the next token on it swallows none.</param>
    public static bool Settle(JsonObject memory, IReadOnlyList<(int Line, bool Blocked)> before, Func<int, bool> isOver)
    {
        var now = Of(memory);
        List<(int Line, bool Blocked)> marked = [.. memory.ArrayOf(AtLeast).Select(Token)];
        // One step takes away one token of a kind, or all.
        var isUsed = marked.Exists(t => !now.Contains(t) && before.Count(b => b == t) == 1);
        List<KeyValuePair<(int Line, bool Blocked), int>> kept = [.. now.CountBy(t => t).Where(t => !t.Key.Blocked || !isOver(t.Key.Line)).OrderBy(t => t.Key)];
        memory["tokens"] = Write(kept.SelectMany(t => Enumerable.Repeat(t.Key, Math.Min(Exact, t.Value))));
        memory.Remove(AtLeast);
        if (kept.Where(t => t.Value > Exact || marked.Contains(t.Key)).Select(t => t.Key).ToList() is { Count: > 0 } many)
        {
            memory[AtLeast] = Write(many);
        }
        return isUsed;
    }

    public static IReadOnlyList<(int Line, bool Blocked)> Of(JsonObject memory) => [.. memory.ArrayOf("tokens").Select(Token)];

    private static (int Line, bool Blocked) Token(JsonNode? token) => (token![0]!.GetValue<int>(), token[1]!.GetValue<bool>());

    private static JsonArray Write(IEnumerable<(int Line, bool Blocked)> tokens) => [.. tokens.Select(t => new JsonArray(t.Line, t.Blocked))];
}
