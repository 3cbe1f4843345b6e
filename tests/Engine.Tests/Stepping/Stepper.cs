using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.TestKit.Definitions;
using Xunit;

namespace Assize.Engine.Tests.Stepping;

/// <summary>Steps one instance, each step twice: the second time from stored bytes, which must change nothing.</summary>
internal sealed class Stepper(WorkflowDefinition definition, Func<string, int?, WorkflowDefinition?>? inlined = null)
{
    public const string InstanceId = "instance";

    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly ExecutionGraph _graph = Compiler.Compile(definition, TestActivities.Table.Catalog, inlined);
    private int _requests;

    public DateTimeOffset Now { get; set; } = Begin;
    public InstanceState State { get; private set; } = null!;
    public List<JournalNote> Notes { get; } = [];
    public List<Effect> Effects { get; } = [];

    /// <summary>What the instance waits for, by name.</summary>
    public string[] Waiting => [.. State.Waits.Select(w => w.Name).Order(StringComparer.Ordinal)];

    /// <summary>What WriteLine wrote, in order.</summary>
    public string[] Written => [.. Notes.Where(n => n.Event == "Text").Select(n => n.Message!)];

    public Stepper Start(JsonObject? input = null, string? trigger = null, int ruleSet = RuleSet.Current)
    {
        Take(new Start(input ?? [], ImmutableSortedDictionary<string, int>.Empty, null, null, null, trigger, ruleSet));
        return this;
    }

    /// <summary>Answers the one wait of that name.</summary>
    public Stepper Complete(string name, JsonNode? payload = null, string? outcome = null)
    {
        var wait = Wait(name);
        Take(new Resume(wait.Id, wait.Kind, outcome, payload));
        return this;
    }

    /// <summary>Lets the clock come to the one timer, and fires it.</summary>
    public Stepper Fire()
    {
        var wait = Assert.Single(State.Waits, w => w.Kind == WaitKind.Timer);
        Now = wait.Due!.Value;
        Take(new TimerDue(wait.Id));
        return this;
    }

    public Wait Wait(string name) => Assert.Single(State.Waits, w => w.Name == name);

    public Incident Incident => Assert.Single(State.Incidents);

    public bool IsFinished => State.Status == InstanceStatus.Finished;

    public void Take(StimulusBody body) => Assert.IsType<Advanced>(Try(body));

    public AdvanceResult Try(StimulusBody body)
    {
        var stimulus = new Stimulus($"request-{_requests++}", Now, "tester", null, body);
        var result = Run(State, stimulus);
        var stored = State is null ? null : InstanceJson.ReadState(InstanceJson.Write(State));
        var again = Run(stored, InstanceJson.ReadStimulus(InstanceJson.Write(stimulus)));
        Assert.Equal(Bytes(result), Bytes(again));
        if (result is Advanced advanced)
        {
            State = advanced.State;
            Notes.AddRange(advanced.Notes);
            Effects.AddRange(advanced.Effects);
        }
        return result;
    }

    private AdvanceResult Run(InstanceState? state, Stimulus stimulus) =>
        Advance.Run(_graph, TestActivities.Table, state, InstanceId, stimulus, StepResources.None);

    private static string Bytes(AdvanceResult result) => result is Advanced advanced
        ? string.Create(CultureInfo.InvariantCulture, $"{InstanceJson.Write(advanced.State)} {string.Join(",", advanced.Notes)} {string.Join(",", advanced.Effects)}")
        : result.ToString()!;
}
