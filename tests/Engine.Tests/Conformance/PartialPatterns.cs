using System.Text.Json.Nodes;
using Assize.TestKit.Definitions;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Conformance;

/// <summary>Some of several: partial joins, 30, 32, drawn as a join of every two branches; interleaved routing, 40.</summary>
internal static class PartialPatterns
{
    private static readonly string[] Pairs =
        ["fork:A -> a", "fork:B -> b", "fork:C -> c", "a -> ab", "a -> ac", "b -> ab", "b -> bc", "c -> ac", "c -> bc"];

    public static IReadOnlyList<Pattern> All { get; } =
    [
        // Two of three go on, and the third is let run to its end, where nothing follows it.
        new(30, "Structured partial join",
            Pattern.ByTokens(
                [.. Branches, Activity("next", "Elsa.RunTask", ("taskName", Literal("next")), ("customProperties", new JsonObject { ["mergeMode"] = "Cascade" }))],
                [.. Pairs, "ab -> next", "ac -> next", "bc -> next"]),
            "a b next c", "a b c next", "b a next c", "b a c next", "a c next b", "a c b next", "c a next b", "c a b next", "b c next a", "b c a next", "c b next a", "c b a next"),

        // Two of three go on, and the third is taken away.
        new(32, "Cancelling partial join",
            Flow([.. Branches, Join("two", "WaitAny"), Task("next"), End("end")], [.. Pairs, "ab -> two", "ac -> two", "bc -> two", "two -> next", "next -> end"]),
            "a b next", "b a next", "a c next", "c a next", "b c next", "c b next"),

        // Any order, one at a time, drawn out.
        new(40, "Interleaved routing",
            Flow(
                [TestActivities.Choice("x", "A", "B", "C"), Task("a"), Task("b"), Task("c"), TestActivities.Choice("afterA", "B", "C"), TestActivities.Choice("afterB", "A", "C"), TestActivities.Choice("afterC", "A", "B"),
                    .. new[] { "bc", "cb", "ac", "ca", "ab", "ba" }.Select(o => Sequence(o, Task($"{o[0]}{o}"), Task($"{o[1]}{o}")))],
                "x:A -> a", "x:B -> b", "x:C -> c", "a -> afterA", "b -> afterB", "c -> afterC",
                "afterA:B -> bc", "afterA:C -> cb", "afterB:A -> ac", "afterB:C -> ca", "afterC:A -> ab", "afterC:B -> ba"),
            "x:A a afterA:B bbc cbc", "x:A a afterA:C ccb bcb", "x:B b afterB:A aac cac", "x:B b afterB:C cca aca", "x:C c afterC:A aab bab", "x:C c afterC:B bba aba"),
    ];

    private static JsonObject[] Branches => [Fork("fork", "A", "B", "C"), Task("a"), Task("b"), Task("c"), Join("ab", "WaitAll"), Join("ac", "WaitAll"), Join("bc", "WaitAll")];
}
