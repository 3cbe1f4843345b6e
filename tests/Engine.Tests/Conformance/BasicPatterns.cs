using static Assize.TestKit.Definitions.Draw;
using static Assize.TestKit.Definitions.TestActivities;

namespace Assize.Engine.Tests.Conformance;

/// <summary>Basic control flow, 1 to 5; iteration, 10, 21, 22; termination, 11, 43.</summary>
internal static class BasicPatterns
{
    public static IReadOnlyList<Pattern> All { get; } =
    [
        new(1, "Sequence", Flow([Task("a"), Task("b"), End("end")], "a -> b", "b -> end"), "a b"),

        new(2, "Parallel split", Flow([Fork("fork", "A", "B"), Task("a"), Task("b")], "fork:A -> a", "fork:B -> b"), "a b", "b a"),

        new(3, "Synchronisation",
            Flow([Fork("fork", "A", "B"), Task("a"), Task("b"), Join("join", "WaitAll"), Task("c"), End("end")],
                "fork:A -> a", "fork:B -> b", "a -> join", "b -> join", "join -> c", "c -> end"),
            "a b c", "b a c"),

        new(4, "Exclusive choice", Flow([Choice("x", "Yes", "No"), Task("a"), Task("b")], "x:Yes -> a", "x:No -> b"), "x:Yes a", "x:No b"),

        new(5, "Simple merge",
            Flow([Choice("x", "Yes", "No"), Task("a"), Task("b"), Task("c"), End("end")], "x:Yes -> a", "x:No -> b", "a -> c", "b -> c", "c -> end"),
            "x:Yes a c", "x:No b c"),

        // Backward lines must be structured; such a loop may be left in its middle.
        new(10, "Arbitrary cycles",
            Flow([Task("a"), Choice("x", "On", "Out"), Choice("y", "Again", "Out"), End("end")], "a -> x", "x:On -> y", "x:Out -> end", "y:Again -> a", "y:Out -> end"),
            "a x:Out", "a x:On y:Out", "a x:On y:Again a x:Out", "a x:On y:Again a x:On y:Out"),

        new(11, "Implicit termination", Flow([Fork("fork", "A", "B"), Task("a"), Task("b"), Task("c")], "fork:A -> a", "fork:B -> b", "b -> c"), "a b c", "b a c", "b c a"),

        new(21, "Structured loop",
            Flow([Activity("loop", "Elsa.ForEach", ("items", Wrapped("Object", "[1,2]")), ("body", Task("a"))), Task("b")], "loop -> b"),
            "a a b"),

        new(22, "Recursion",
            Flow([Choice("again", "Again", "On"), Activity("itself", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Literal("drawn")), ("waitForCompletion", Literal("True")))], "again:Again -> itself"),
            "again:Again itself", "again:On"),

        new(43, "Explicit termination",
            Flow([Fork("fork", "A", "B"), Task("a"), Task("b"), Activity("finish", "Elsa.Finish")], "fork:A -> a", "fork:B -> b", "a -> finish"),
            "a", "b a"),
    ];
}
