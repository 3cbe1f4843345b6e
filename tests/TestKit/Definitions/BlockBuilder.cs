using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.TestKit.Definitions;

/// <summary>Builds one definition from a row of dice; when they run out, the smallest choice is made.</summary>
/// <param name="maxDepth">How deep decisions, forks, loops and containers stand in each other.</param>
/// <param name="uses">Whether workflows are used as activities.</param>
internal sealed class BlockBuilder(int[] dice, int maxDepth = 4, bool uses = false)
{
    private static readonly string?[] JoinModes = ["WaitAllActive", "WaitAll", "WaitAny", null];

    private List<JsonObject> _activities = [];
    private List<string> _connections = [];
    private int _thrown;
    private int _named;

    private sealed record Block(string Entry, string Exit, string Port = "Done");

    /// <param name="atLeast">Blocks follow each other until there are so many activities.</param>
    public WorkflowDefinition Build(int atLeast = 0)
    {
        var tokens = Throw(6) == 5;
        var goesOn = Throw(4) == 3;
        var body = Chain(0);
        while (_named < atLeast)
        {
            var next = Chain(0);
            Join(body, next.Entry);
            body = next with { Entry = body.Entry };
        }
        Add(Draw.End("end"));
        Join(body, "end");
        var root = Draw.Flowchart("flow", [.. _activities], [.. _connections]);
        root["start"] = body.Entry;
        return Draw.Workflow(root, d =>
        {
            d["variables"]!.AsArray().Add(Draw.Variable("n", "Int32", "0"));
            d["customProperties"] = tokens ? new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" } : [];
            d["options"] = goesOn ? new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidents" } : [];
        });
    }

    private int Throw(int sides) => _thrown < dice.Length ? dice[_thrown++] % sides : 0;

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{++_named}");

    private string Add(JsonObject activity)
    {
        _activities.Add(activity);
        return activity["id"]!.GetValue<string>();
    }

    private void Join(Block from, string to) => _connections.Add($"{from.Exit}:{from.Port} -> {to}");

    private Block Chain(int depth)
    {
        var first = Make(depth);
        var last = first;
        for (var more = Throw(3); more > 0; more--)
        {
            var next = Make(depth);
            Join(last, next.Entry);
            last = next;
        }
        return new Block(first.Entry, last.Exit, last.Port);
    }

    private Block Make(int depth) => depth >= maxDepth ? Leaf() : Throw(uses ? 15 : 12) switch
    {
        5 or 6 => Decide(depth),
        7 or 8 or 9 => ForkAndJoin(depth),
        10 => Loop(depth),
        11 => Contain(depth),
        >= 12 => Use(depth),
        _ => Leaf(),
    };

    private Block Leaf()
    {
        var id = Add(LeafActivity());
        return new Block(id, id);
    }

    private JsonObject LeafActivity() => Throw(10) switch
    {
        1 or 2 or 3 => Draw.Task(Name("task")),
        4 => Draw.Activity(Name("delay"), "Elsa.Delay", ("timeSpan", Draw.Literal("01:00:00"))),
        5 => Draw.Activity(Name("event"), "Elsa.Event", ("eventName", Draw.Literal("rung"))),
        6 => Draw.SetVariable(Name("count"), "n", Draw.Script("getVariable('n') + 1")),
        7 => Draw.Activity(Name("child"), "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal(DefinitionGenerator.ChildId)), ("waitForCompletion", Draw.Literal("True"))),
        8 => Draw.Activity(Name("script"), "Elsa.RunJavaScript", ("script", Draw.Literal("if (random() < 0.2) throw 'unlucky'; getVariable('n')"))),
        9 => TestActivities.Each(Name("each"), 2),
        _ => Draw.Write(Name("write")),
    };

    private Block Decide(int depth)
    {
        var decision = Add(TestActivities.Choice(Name("choice"), "Yes", "No"));
        var (yes, no) = (Chain(depth + 1), Chain(depth + 1));
        Join(new Block(decision, decision, "Yes"), yes.Entry);
        Join(new Block(decision, decision, "No"), no.Entry);
        var meet = Add(Draw.Activity(Name("meet"), "Elsa.FlowNode"));
        Join(yes, meet);
        Join(no, meet);
        return new Block(decision, meet);
    }

    // The first version may be answered Later as well, which not everybody thinks of.
    private Block Use(int depth)
    {
        var version = 1 + Throw(3);
        var used = Draw.Activity(Name("use"), UsedDefinitions.Id, ("workflowDefinitionId", UsedDefinitions.Id));
        used["version"] = version;
        var id = Add(used);
        var meet = Add(Draw.Activity(Name("meet"), "Elsa.FlowNode"));
        foreach (var outcome in (string[])(version == 1 && Throw(4) != 3 ? ["Yes", "No", "Later"] : ["Yes", "No"]))
        {
            var block = Chain(depth + 1);
            Join(new Block(id, id, outcome), block.Entry);
            Join(block, meet);
        }
        return new Block(id, meet);
    }

    private Block ForkAndJoin(int depth)
    {
        string[] branches = Throw(2) == 0 ? ["A", "B"] : ["A", "B", "C"];
        var fork = Add(Draw.Fork(Name("fork"), branches));
        var join = Name("join");
        foreach (var branch in branches)
        {
            var block = Chain(depth + 1);
            Join(new Block(fork, fork, branch), block.Entry);
            Join(block, join);
        }
        Add(Draw.Join(join, JoinModes[Throw(JoinModes.Length)]));
        return new Block(fork, join);
    }

    private Block Loop(int depth)
    {
        var entry = Add(Draw.Activity(Name("loop"), "Elsa.FlowNode"));
        var body = Chain(depth + 1);
        Join(new Block(entry, entry), body.Entry);
        var again = Add(TestActivities.Choice(Name("again"), "Again", "On"));
        Join(body, again);
        Join(new Block(again, again, "Again"), entry);
        return new Block(entry, again, "On");
    }

    private Block Contain(int depth)
    {
        var inner = Draw.Sequence(Name("steps"), LeafActivity(), LeafActivity());
        var outer = Throw(5) switch
        {
            1 => Draw.Activity(Name("each"), "Elsa.ForEach", ("items", Draw.Wrapped("Object", "[1,2]")), ("body", inner)),
            2 => Draw.Activity(Name("all"), "Elsa.ParallelForEach", ("items", Draw.Wrapped("Object", "[1,2,3]")), ("body", inner)),
            3 => Draw.Activity(Name("if"), "Elsa.If", ("condition", Draw.Script("getVariable('n') % 2 == 0")), ("then", inner)),
            4 => Nested(depth),
            _ => inner,
        };
        var id = Add(outer);
        return new Block(id, id);
    }

    private JsonObject Nested(int depth)
    {
        var (activities, connections) = (_activities, _connections);
        (_activities, _connections) = ([], []);
        var body = Chain(depth + 1);
        var flowchart = Draw.Flowchart(Name("nested"), [.. _activities], [.. _connections]);
        flowchart["start"] = body.Entry;
        (_activities, _connections) = (activities, connections);
        return flowchart;
    }
}
