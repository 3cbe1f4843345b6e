using System.Text.Json.Nodes;
using static Assize.TestKit.Definitions.Draw;
using static Assize.TestKit.Definitions.TestActivities;

namespace Assize.Engine.Tests.Conformance;

/// <summary>Advanced branching and synchronisation: 6 to 9, 29, 33, 37, 41, 42.</summary>
internal static class BranchingPatterns
{
    public static IReadOnlyList<Pattern> All { get; } =
    [
        new(6, "Multi-choice", Flow([Several("x", "true", "true", "false"), Task("a"), Task("b"), Task("c")], "x:0 -> a", "x:1 -> b", "x:2 -> c"), "a b", "b a"),

        // The join that waits for whatever is live.
        new(7, "Structured synchronising merge",
            Flow([Several("x", "true", "true", "false"), Task("a"), Task("b"), Task("c"), Join("join", "WaitAllActive"), Task("d"), End("end")],
                "x:0 -> a", "x:1 -> b", "x:2 -> c", "a -> join", "b -> join", "c -> join", "join -> d", "d -> end"),
            "a b d", "b a d"),

        // By tokens, where the merge mode waits for nothing upstream: a merge behind one more step than its neighbours runs for each line that comes.
        new(8, "Multi-merge",
            Pattern.ByTokens([Fork("fork", "A", "B"), Task("a"), Task("b"), Activity("a2", "Elsa.FlowNode"), Activity("b2", "Elsa.FlowNode"), Task("c")],
                "fork:A -> a", "fork:B -> b", "a -> a2", "b -> b2", "a2 -> c", "b2 -> c"),
            "a b c c", "a c b c", "b a c c", "b c a c"),

        // By tokens, the first line runs it, and one later line on each of the others is swallowed.
        new(9, "Structured discriminator",
            Pattern.ByTokens([Fork("fork", "A", "B"), Task("a"), Task("b"), Activity("c", "Elsa.RunTask", ("taskName", Literal("c")), ("customProperties", new JsonObject { ["mergeMode"] = "Cascade" }))],
                "fork:A -> a", "fork:B -> b", "a -> c", "b -> c"),
            "a b c", "a c b", "b a c", "b c a"),

        // The race cancels what comes too late.
        new(29, "Cancelling discriminator",
            Flow([Fork("fork", "A", "B"), Task("a"), Task("b"), Join("join", "WaitAny"), Task("c"), End("end")],
                "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> c", "c -> end"),
            "a c", "b c"),

        new(33, "Generalised AND-join",
            Pattern.ByTokens([Fork("fork", "A", "B"), Task("a"), Task("b"), Join("join", "WaitAll"), Task("c"), End("end")],
                "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> c", "c -> end"),
            "a b c", "b a c"),

        // A branch that is not taken releases the join downstream, however deep.
        new(37, "Local synchronising merge",
            Flow([Fork("fork", "A", "B"), Choice("x", "Yes", "No"), Task("a"), Task("b"), Join("join", "WaitAllActive"), Task("c"), Task("other")],
                "fork:A -> x", "fork:B -> b", "x:Yes -> a", "x:No -> other", "a -> join", "b -> join", "join -> c"),
            "x:Yes a b c", "x:Yes b a c", "b x:Yes a c",
            "x:No other b c", "x:No b other c", "x:No b c other", "b x:No other c", "b x:No c other"),

        new(42, "Thread split", Flow([Activity("all", "Elsa.ParallelForEach", ("items", Wrapped("Object", "[1,2]")), ("body", Task("a")))]), "a a"),

        new(41, "Thread merge",
            Flow([Activity("all", "Elsa.ParallelForEach", ("items", Wrapped("Object", "[1,2]")), ("body", Task("a"))), Task("b")], "all -> b"),
            "a a b"),
    ];

    private static JsonObject Several(string id, params string[] conditions) => Activity(
        id, "Elsa.FlowSwitch",
        ("cases", new JsonArray([.. conditions.Select((c, i) => new JsonObject { ["label"] = $"{i}", ["condition"] = new JsonObject { ["type"] = "Literal", ["value"] = c } })])),
        ("mode", Literal("MatchAny")));
}
