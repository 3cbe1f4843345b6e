using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.Engine.Stepping;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;

namespace Assize.Engine.Tests.Rehearsing;

/// <summary>An instance with its journal, as a command would keep it.</summary>
internal sealed class RecordedCase
{
    private readonly Dictionary<int, ExecutionGraph> _versions = [];
    private readonly List<JournaledStimulus> _journal = [];
    private readonly string _id;

    public RecordedCase(string json, string id = "instance")
    {
        _id = id;
        _versions[1] = Compile(json);
        Take(new Start(new JsonObject { ["urn"] = id }, ImmutableSortedDictionary<string, int>.Empty, null, null, null, null, RuleSet.Current));
    }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public InstanceState State { get; private set; } = null!;
    public List<JournalNote> Notes { get; } = [];
    public IReadOnlyList<JournaledStimulus> Journal => _journal;

    public static ExecutionGraph Compile(string json) => Compiler.Compile(DefinitionReader.Read(json), UnitActivities.Table.Catalog);

    /// <summary>Takes random stimuli until the dice run out, it has ended or nothing can wake it; a loop without a wait is not tried again, for each try makes thousands of calls.</summary>
    public RecordedCase Play(IEnumerable<int> dice)
    {
        foreach (var thrown in dice)
        {
            if (RandomStimuli.Next(State, thrown) is not { } body || body is Cancel || State.Incidents.Any(i => i.Code == "step-limit"))
            {
                break;
            }
            if (body is TimerDue due && State.Waits.Single(w => w.Id == due.WaitId).Due is { } instant && instant > Now)
            {
                Now = instant;
            }
            Take(body);
        }
        return this;
    }

    /// <summary>Answers the one wait at that activity.</summary>
    public RecordedCase Complete(string activityId, string? outcome = null, JsonNode? payload = null)
    {
        var wait = State.Waits.Single(w => w.ActivityId == activityId);
        Take(new Resume(wait.Id, wait.Kind, outcome, payload));
        return this;
    }

    public Rehearsed Rehearse(string json, StepMapping? mapping = null) =>
        new Rehearsal(UnitActivities.Table, v => _versions[v], Compile(json), mapping ?? StepMapping.None)
            .Run(_id, _journal, StepResources.None, ImmutableSortedDictionary<string, int>.Empty, StepResources.None);

    /// <summary>Goes over to that version, as rehearsed.</summary>
    public RecordedCase Migrate(string json, int version, StepMapping? mapping = null)
    {
        var rehearsed = Rehearse(json, mapping);
        var (state, trace) = rehearsed.After!.Value;
        _versions[version] = Compile(json);
        Take(new Migrate(version, InstanceJson.ToJson(state with { DefinitionVersion = version }), trace, rehearsed.Mapping, Reverses: false), version);
        return this;
    }

    /// <summary>Takes the last migration back.</summary>
    public RecordedCase Reverse(InstanceState before)
    {
        Take(new Migrate(before.DefinitionVersion, InstanceJson.ToJson(before), Trace.Empty, StepMapping.None, Reverses: true), before.DefinitionVersion);
        return this;
    }

    public string Key(string target) =>
        new StimuliKey([.. _versions.Values, Compile(target)], ["urn"]).Of(_id, State.DefinitionVersion, _journal.Select(j => InstanceJson.Write(j.Stimulus)));

    private void Take(StimulusBody body, int? version = null)
    {
        var on = version ?? State?.DefinitionVersion ?? 1;
        var stimulus = new Stimulus(string.Create(CultureInfo.InvariantCulture, $"request-{_id}-{_journal.Count}"), Now, "tester", null, body);
        var advanced = (Advanced)Advance.Run(_versions[on], UnitActivities.Table, State, _id, stimulus, StepResources.None, ScriptTime.OfReplay());
        State = advanced.State;
        _journal.Add(new JournaledStimulus(State.Sequence, on, stimulus));
        Notes.AddRange(advanced.Notes);
    }
}
