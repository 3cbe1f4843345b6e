using System.Collections.Immutable;
using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Rehearsing;

/// <summary>The same stimuli on another version: each goes to the wait that stands in the place of the one it went to.</summary>
internal sealed class Rerun(ExecutionGraph target, ActivityTable table, StepResources resources, RecordedRun recorded, StepMapping mapping)
{
    private readonly Dictionary<long, (InstanceState State, Trace Trace, ImmutableHashSet<WaitPlace> Fed)> _after = [];
    private readonly HashSet<string> _known = [.. target.ById.Keys];
    private readonly Tracing _tracing = new(name => name);
    private InstanceState? _state;
    private ImmutableHashSet<WaitPlace> _fed = [];

    public InstanceState State => _state!;
    public Trace Trace { get; private set; } = Trace.Empty;

    /// <summary>True once the two ways were not the same, step by step.</summary>
    public bool WentAnotherWay { get; private set; }

    /// <summary>Takes one stimulus more; gives the verdict where the version cannot take it.</summary>
    /// <param name="pins">What the instance would have pinned at its start.</param>
    public Parting? Take(RecordedStep step, ImmutableSortedDictionary<string, int> pins)
    {
        var parting = step.Body switch
        {
            Migrate => GoOver(),
            Start start => Run(step, start with { Pins = pins }),
            Reinstate back => GoBack(back.BackToSequence),
            Resume resume => Answer(step, step.PlaceOf(resume.WaitId), id => resume with { WaitId = id }),
            TimerDue due => Answer(step, step.PlaceOf(due.WaitId), id => new TimerDue(id)),
            Retry retry => TryAgain(step, retry),
            _ => Run(step, step.Body),
        };
        // A version that mended what had failed may have been left again: whether it was is known after all steps.
        parting ??= Pass(step) ?? (step.Body is Migrate ? null : NewIncident(step));
        _after[step.Entry.Sequence] = (_state!, Trace, _fed);
        KeepInstants(step);
        return parting;
    }

    /// <summary>The place of each wait that is open now.</summary>
    public Dictionary<WaitPlace, Wait> OpenPlaces() => State.Waits.ToDictionary(w => Trace.Waits[w.Id]);

    // What the version before noted is no measure of this one.
    private Parting? GoOver()
    {
        WentAnotherWay = false;
        return null;
    }

    private Parting? GoBack(long sequence)
    {
        (_state, Trace, _fed) = _after[sequence];
        return null;
    }

    private Parting? Answer(RecordedStep step, WaitPlace place, Func<string, StimulusBody> answer)
    {
        if (_fed.Contains(place))
        {
            return null;
        }
        if (Find(place) is not { } found)
        {
            FeedReplies(step);
            if (Find(place) is not { } late)
            {
                WentAnotherWay = true;
                // What is asked no more needs no answer.
                return place.Kind == WaitKind.Reply || !_known.Contains(place.Step.ActivityId)
                    ? null
                    : new Parting(RehearsalClass.NeedsMapping, "step-not-reached", place.Step.ActivityId);
            }
            found = late;
        }
        return Run(step, answer(found.Id));
    }

    private Wait? Find(WaitPlace place) => State.Waits.FirstOrDefault(w => Trace.Waits[w.Id] == place);

    // Another order of asking: what was answered later is answered now.
    private void FeedReplies(RecordedStep step)
    {
        while (State.Waits.FirstOrDefault(w => w.Kind == WaitKind.Reply && recorded.Replies.ContainsKey(Trace.Waits[w.Id])) is { } wait && State.SubStatus != InstanceSubStatus.Faulted)
        {
            var place = Trace.Waits[wait.Id];
            var reply = (Resume)recorded.Replies[place].Body;
            _fed = _fed.Add(place);
            if (Run(step, reply with { WaitId = wait.Id }, recorded.Replies[place].RequestId) is not null)
            {
                return;
            }
        }
    }

    private Parting? TryAgain(RecordedStep step, Retry retry)
    {
        var incident = step.Before!.State.Incidents.Single(i => i.Id == retry.IncidentId);
        var place = step.Before.Trace.Executions[incident.ExecutionId];
        if (State.Incidents.FirstOrDefault(i => Trace.Executions[i.ExecutionId] == place) is { } same)
        {
            return Run(step, new Retry(same.Id));
        }
        WentAnotherWay = true;
        return null;
    }

    private Parting? Pass(RecordedStep step)
    {
        while (State.Status == InstanceStatus.Running && State.SubStatus != InstanceSubStatus.Faulted
            && State.Waits.FirstOrDefault(w => mapping.Passed.ContainsKey(w.ActivityId) && !recorded.Places.Contains(Trace.Waits[w.Id])) is { } wait)
        {
            var passed = mapping.Passed[wait.ActivityId];
            StimulusBody answer = wait.Kind == WaitKind.Timer ? new TimerDue(wait.Id) : new Resume(wait.Id, wait.Kind, passed.Outcome, passed.Payload);
            if (wait.Kind == WaitKind.Child)
            {
                return new Parting(RehearsalClass.NeedsMapping, "wait-new", wait.ActivityId);
            }
            _state = State with { Waits = State.Waits.Replace(wait, wait with { Due = wait.Kind == WaitKind.Timer ? step.Entry.Stimulus.Now : wait.Due }) };
            if (Run(step, answer, string.Create(CultureInfo.InvariantCulture, $"{step.Entry.Stimulus.RequestId}/passed/{wait.Id}")) is { } parting)
            {
                return parting;
            }
        }
        return null;
    }

    private Parting? Run(RecordedStep step, StimulusBody body, string? requestId = null)
    {
        var stimulus = step.Entry.Stimulus;
        if (requestId is null)
        {
            body = Limited(stimulus.Body, body);
        }
        try
        {
            var result = Advance.Run(target, table, _state, recorded.State.Id, stimulus with { RequestId = requestId ?? stimulus.RequestId, Body = body }, resources, ScriptTime.OfRehearsal());
            if (result is not Advanced advanced)
            {
                return Refusal((Rejected)result, step);
            }
            Trace = _tracing.After(Trace, advanced);
            WentAnotherWay = WentAnotherWay || requestId is not null || !AreAlike(step.Advanced.Notes, advanced.Notes);
            _state = advanced.State;
            return null;
        }
        catch (Exception broken) when (broken is ScriptLimitExceeded or InvalidOperationException)
        {
            return new Parting(RehearsalClass.Stranded, "incident", (broken as ScriptLimitExceeded)?.ActivityId, broken.Message);
        }
    }

    private Parting Refusal(Rejected rejected, RecordedStep step)
    {
        var at = step.Body is Resume resume ? step.PlaceOf(resume.WaitId).Step.ActivityId : null;
        return rejected.Code switch
        {
            "outcome-unknown" => new Parting(RehearsalClass.NeedsMapping, rejected.Code, at, rejected.Message),
            "instance-finished" => new Parting(RehearsalClass.Stranded, "would-end", at),
            "instance-faulted" => new Parting(RehearsalClass.Stranded, "incident", State.Incidents[0].ActivityId, State.Incidents[0].Message),
            _ => new Parting(RehearsalClass.Stranded, "refused", at, rejected.Message),
        };
    }

    /// <summary>Stranded where it stands at an incident that the case did not have after that step.</summary>
    public Parting? NewIncident(RecordedStep step)
    {
        if (State.Incidents.IsEmpty)
        {
            return null;
        }
        var known = step.State.Incidents.Select(i => step.Trace.Executions[i.ExecutionId]).ToHashSet();
        return State.Incidents.FirstOrDefault(i => !known.Contains(Trace.Executions[i.ExecutionId])) is { } incident
            ? new Parting(RehearsalClass.Stranded, "incident", incident.ActivityId, incident.Message)
            : null;
    }

    // Instants were told to people when the waits began: another version does not move them.
    private void KeepInstants(RecordedStep step)
    {
        if (!State.Waits.Any(w => w.Due is not null) && !step.State.Waits.Any(w => w.Due is not null))
        {
            return;
        }
        var theirs = step.State.Waits.ToDictionary(w => step.Trace.Waits[w.Id]);
        _state = State with
        {
            Waits = [.. State.Waits.Select(w => theirs.TryGetValue(Trace.Waits[w.Id], out var old) && old.Due != w.Due ? w with { Due = old.Due } : w)],
        };
    }

    private static StimulusBody Limited(StimulusBody recorded, StimulusBody body) =>
        recorded is LimitExceeded limit ? limit with { Instead = Limited(limit.Instead, body) } : body;

    private static bool AreAlike(ImmutableArray<JournalNote> one, ImmutableArray<JournalNote> other) => one.Length == other.Length
        && one.Zip(other).All(n => n.First.ActivityId == n.Second.ActivityId && n.First.Event == n.Second.Event && n.First.Message == n.Second.Message);
}

/// <summary>Where two versions part.</summary>
internal sealed record Parting(RehearsalClass Class, string Code, string? ActivityId, string? Detail = null);
