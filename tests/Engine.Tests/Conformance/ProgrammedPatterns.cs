using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit.Definitions;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Conformance;

/// <summary>Patterns for which the format has no step, and which a script, a variable and a delay that asks again make up for: 15, 18, 24, 28, 34 to 36, 39.</summary>
/// <remarks>A script is one step, so that nothing comes between what it reads and what it writes.</remarks>
internal static class ProgrammedPatterns
{
    private static readonly string[] s_begun =
    [
        "more:Yes -> begin", "begin -> a", "begin -> more", "more:No -> close", "a -> count", "close:Go -> first", "count:Go -> first", "first -> after", "after -> end",
    ];

    public static IReadOnlyList<Pattern> All { get; } =
    [
        // b may begin once a was done, and no more once c was.
        new(18, "Milestone",
            Flow(
                [
                    Fork("fork", "A", "B"), Task("a"), Script("reached", "setVariable('n', 1)"), Task("c"), Script("left", "setVariable('n', 2)"),
                    Script("ask", "setOutcome(['Wait', 'Do', 'Skip'][getVariable('n')])", "Wait", "Do", "Skip"), Again(), Task("b"), Join("join", "WaitAll"), End("end"),
                ],
                "fork:A -> a", "a -> reached", "reached -> c", "c -> left", "left -> join",
                "fork:B -> ask", "ask:Wait -> again", "again -> ask", "ask:Do -> b", "b -> join", "ask:Skip -> join", "join -> end"),
            "a again b c", "a again c b", "a c again", "again a c again"),

        // What is raised before anybody waits for it is kept by a branch that does nothing else.
        new(24, "Persistent trigger",
            Flow(
                [
                    Fork("fork", "A", "B"), Activity("event", "Elsa.Event", ("eventName", Literal("rung"))), Script("rung", "setVariable('n', 1)"),
                    Task("a"), Script("ask", "setOutcome(getVariable('n') ? 'Go' : 'Wait')", "Go", "Wait"), Again(), Task("b"), Join("join", "WaitAll"), End("end"),
                ],
                "fork:A -> event", "event -> rung", "rung -> join", "fork:B -> a", "a -> ask", "ask:Wait -> again", "again -> ask", "ask:Go -> b", "b -> join", "join -> end"),
            "event a b", "a event again b"),

        // Two rounds: nobody's second arrival is let in before both have arrived for the first time. Whoever is too early asks again, which is longer than the ways listed.
        new(28, "Blocking discriminator",
            ByTokens(
                [Fork("fork", "A", "B"), .. Arrivals("a", 1), .. Arrivals("b", 2), Task("x")],
                ["fork:A -> a1", "fork:B -> b1", .. Lines("a"), .. Lines("b")]),
            [.. Rounds()]),

        new(34, "Static partial join of multiple instances",
            Flow([Fork("fork", "A", "B"), Instances(), Ask(), Again(), Task("after"), Join("join", "WaitAll"), End("end")],
                "fork:A -> all", "all -> join", "fork:B -> ask", "ask:Wait -> again", "again -> ask", "ask:Go -> after", "after -> join", "join -> end"),
            "a a again a after", "a a again after a", "a a a again after"),

        new(35, "Cancelling partial join of multiple instances",
            Flow([Fork("fork", "A", "B"), Instances(), Ask(), Again(), Join("first", "WaitAny"), Task("after"), End("end")],
                "fork:A -> all", "fork:B -> ask", "ask:Wait -> again", "again -> ask", "ask:Go -> first", "all -> first", "first -> after", "after -> end"),
            "a a again after", "a a a after"),

        // Whoever finds it taken asks again; a and b never wait together.
        new(39, "Critical section",
            Flow(
                [
                    Fork("fork", "A", "B"), Take("takeA"), Again("againA"), Task("a"), Free("freeA"), Take("takeB"), Again("againB"), Task("b"), Free("freeB"), Join("join", "WaitAll"), End("end"),
                ],
                "fork:A -> takeA", "takeA:Wait -> againA", "againA -> takeA", "takeA:Go -> a", "a -> freeA", "freeA -> join",
                "fork:B -> takeB", "takeB:Wait -> againB", "againB -> takeB", "takeB:Go -> b", "b -> freeB", "freeB -> join", "join -> end"),
            "a againB b", "againB a againB b"),
        // Each further one is begun while others run; whoever is the last, or says that no more come, finds that all have ended.
        new(15, "Multiple instances without prior knowledge", Flow(Begun("closed && ended === begun"), s_begun),
            "more:No after", "more:Yes more:No a after", "more:Yes a more:No after",
            "more:Yes more:Yes more:No a a after", "more:Yes more:Yes a more:No a after", "more:Yes more:Yes a a more:No after",
            "more:Yes a more:Yes more:No a after", "more:Yes a more:Yes a more:No after"),

        new(36, "Dynamic partial join of multiple instances", Flow(Begun("ended === 2 || closed && ended === begun"), s_begun),
            "more:No after", "more:Yes more:No a after", "more:Yes a more:No after", "more:Yes more:Yes a a after", "more:Yes a more:Yes a after"),
    ];

    private static WorkflowDefinition Flow(JsonObject[] activities, params string[] connections) =>
        Workflow(Flowchart("flow", activities, connections), d => d["variables"]!.AsArray().Add(Variable("n", "Int32", "0")));

    private static WorkflowDefinition ByTokens(JsonObject[] activities, string[] connections) => Workflow(Flowchart("flow", activities, connections), d =>
    {
        d["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" };
        d["variables"]!.AsArray().Add(Variable("n", "Int32", "0"));
    });

    // Who has arrived in this round is a bit each; the last one clears them.
    private static JsonObject[] Arrivals(string branch, int bit) =>
    [
        .. ((int[])[1, 2]).SelectMany(round => (JsonObject[])
        [
            Task($"{branch}{round}"),
            Script(
                $"{branch}{round}Arrives",
                $"const n = getVariable('n'); if (n & {bit}) {{ setOutcome('Wait') }} else {{ setVariable('n', n ? 0 : {bit}); setOutcome(n ? 'Late' : 'First') }}",
                "Wait", "First", "Late"),
            Again($"{branch}{round}Again"), Activity($"{branch}{round}First", "Elsa.FlowNode"), Activity($"{branch}{round}On", "Elsa.FlowNode"),
        ]),
    ];

    private static string[] Lines(string branch) =>
    [
        .. ((int[])[1, 2]).SelectMany(round => (string[])
        [
            $"{branch}{round} -> {branch}{round}Arrives", $"{branch}{round}Arrives:Wait -> {branch}{round}Again", $"{branch}{round}Again -> {branch}{round}Arrives",
            $"{branch}{round}Arrives:First -> {branch}{round}First", $"{branch}{round}First -> x",
            $"{branch}{round}Arrives:First -> {branch}{round}On", $"{branch}{round}Arrives:Late -> {branch}{round}On",
        ]),
        $"{branch}1On -> {branch}2",
    ];

    // The first arrival of each round lets x run, at any time after it.
    private static IEnumerable<string> Rounds() =>
        from first in (string[][])[["a1", "b1"], ["b1", "a1"]]
        from second in (string[][])[["a2", "b2"], ["b2", "a2"]]
        from ran in ((int, int)[])[(1, 3), (1, 4), (2, 3), (2, 4), (3, 3), (3, 4), (4, 4)]
        let arrivals = (string[])[.. first, .. second]
        select string.Join(' ', arrivals.SelectMany((arrival, place) => Enumerable.Repeat("x", (ran.Item1 == place + 1 ? 1 : 0) + (ran.Item2 == place + 1 ? 1 : 0)).Prepend(arrival)));

    // Two of three are enough.
    private static JsonObject Instances() =>
        Activity("all", "Elsa.ParallelForEach", ("items", Wrapped("Object", "[1,2,3]")), ("body", Sequence("one", Task("a"), Script("count", "setVariable('n', getVariable('n') + 1)"))));

    // How many were begun and have ended, and whether no more come, in one number.
    private static JsonObject[] Begun(string over)
    {
        var tell = $"const n = getVariable('n'), begun = n % 10, ended = Math.floor(n / 10) % 10, closed = n >= 100; setOutcome({over} ? 'Go' : 'Not yet')";
        return
        [
            TestActivities.Choice("more", "Yes", "No"), Script("begin", "setVariable('n', getVariable('n') + 1)"), Task("a"),
            Script("close", $"setVariable('n', getVariable('n') + 100); {tell}", "Go", "Not yet"), Script("count", $"setVariable('n', getVariable('n') + 10); {tell}", "Go", "Not yet"),
            Join("first", "WaitAny"), Task("after"), End("end"),
        ];
    }

    private static JsonObject Ask() => Script("ask", "setOutcome(getVariable('n') >= 2 ? 'Go' : 'Wait')", "Go", "Wait");

    private static JsonObject Take(string id) => Script(id, "if (getVariable('n')) { setOutcome('Wait') } else { setVariable('n', 1); setOutcome('Go') }", "Go", "Wait");

    private static JsonObject Free(string id) => Script(id, "setVariable('n', 0)");

    private static JsonObject Again(string id = "again") => Activity(id, "Elsa.Delay", ("timeSpan", Literal("00:01:00")));

    private static JsonObject Script(string id, string source, params string[] outcomes) => outcomes.Length == 0
        ? Activity(id, "Elsa.RunJavaScript", ("script", Literal(source)))
        : Activity(id, "Elsa.RunJavaScript", ("script", Literal(source)), ("possibleOutcomes", Wrapped("Object", new JsonArray([.. outcomes.Select(x => JsonValue.Create(x))]).ToJsonString())));
}
