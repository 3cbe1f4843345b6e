using Assize.TestKit.Definitions;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Conformance;

/// <summary>State-based patterns, 16, 17; cancellation, 19, 20, 25; triggers, 23; many instances, 12 to 14, 26, 27.</summary>
internal static class StatePatterns
{
    public static IReadOnlyList<Pattern> All { get; } =
    [
        new(12, "Multiple instances without synchronisation",
            Flow([Activity("all", "Elsa.ParallelForEach", ("items", Wrapped("Object", "[1,2]")), ("body", Activity("child", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Literal("other"))))), Task("a")], "all -> a"),
            "a"),

        new(13, "Multiple instances known when designed",
            Flow([Activity("all", "Elsa.ParallelForEach", ("items", Wrapped("Object", "[1,2,3]")), ("body", Task("a"))), Task("b")], "all -> b"),
            "a a a b"),

        new(14, "Multiple instances known when it runs",
            Flow([Activity("all", "Elsa.ParallelForEach", ("items", Script("[1, 2].map(x => x)")), ("body", Sequence("steps", Task("a"), Task("b"))))]),
            "a a b b", "a b a b"),

        // The environment decides: what comes first takes the other away.
        new(16, "Deferred choice",
            Flow([Fork("fork", "A", "B"), Activity("event", "Elsa.Event", ("eventName", Literal("rung"))), Activity("timer", "Elsa.Delay", ("timeSpan", Literal("01:00:00"))),
                Join("first", "WaitAny"), Task("after"), End("end")],
                "fork:A -> event", "fork:B -> timer", "event -> first", "timer -> first", "first -> after", "after -> end"),
            "event after", "timer after"),

        // One of several in one order or another, drawn out: Elsa has no shared lock.
        new(17, "Interleaved parallel routing",
            Flow([TestActivities.Choice("x", "AFirst", "BFirst"), Sequence("ab", Task("a1"), Task("b1")), Sequence("ba", Task("b2"), Task("a2"))], "x:AFirst -> ab", "x:BFirst -> ba"),
            "x:AFirst a1 b1", "x:BFirst b2 a2"),

        new(19, "Cancel activity",
            Flow([Fork("fork", "A", "B"), Task("a"), Task("stop"), Join("first", "WaitAny"), End("end")], "fork:A -> a", "fork:B -> stop", "a -> first", "stop -> first", "first -> end"),
            "a", "stop"),

        new(20, "Cancel case",
            Flow([Fork("fork", "A", "B"), Sequence("steps", Task("a"), Task("b")), Task("stop"), Activity("finish", "Elsa.Finish"), Join("join", "WaitAll"), End("end")],
                "fork:A -> steps", "fork:B -> stop", "stop -> finish", "steps -> join", "join -> end"),
            "stop", "a stop", "a b"),

        // A race takes away everything upstream of it, and nothing else.
        new(25, "Cancel region",
            Flow([Fork("fork", "A", "B", "C"), Sequence("region", Task("a"), Task("b")), Task("stop"), Task("aside"), Join("first", "WaitAny"), Task("after")],
                "fork:A -> region", "fork:B -> stop", "fork:C -> aside", "region -> first", "stop -> first", "first -> after"),
            "stop after aside", "stop aside after", "aside stop after", "a stop after aside", "a stop aside after", "a aside stop after", "aside a stop after",
            "a b after aside", "a b aside after", "a aside b after", "aside a b after"),

        new(23, "Transient trigger", Flow([Activity("event", "Elsa.Event", ("eventName", Literal("rung"))), Task("a")], "event -> a"), "event a"),

        new(26, "Cancel multiple instances",
            Flow([Fork("fork", "A", "B"), Activity("all", "Elsa.ParallelForEach", ("items", Wrapped("Object", "[1,2]")), ("body", Task("a"))), Task("stop"), Join("first", "WaitAny"), End("end")],
                "fork:A -> all", "fork:B -> stop", "all -> first", "stop -> first", "first -> end"),
            "stop", "a stop", "a a"),

        new(27, "Complete multiple instances",
            Flow([Fork("fork", "A", "B"), Activity("all", "Elsa.ParallelForEach", ("items", Wrapped("Object", "[1,2]")), ("body", Task("a"))), Task("enough"), Join("first", "WaitAny"), Task("after"), End("end")],
                "fork:A -> all", "fork:B -> enough", "all -> first", "enough -> first", "first -> after", "after -> end"),
            "enough after", "a enough after", "a a after"),
    ];
}
