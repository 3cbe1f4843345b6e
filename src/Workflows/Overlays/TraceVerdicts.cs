using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Activities;
using Assize.Workflows.Verifying;

namespace Assize.Workflows.Overlays;

/// <summary>Whether workflows with overlays keep the traces of their required steps, by all that the question is about.</summary>
/// <param name="patience">How long somebody waits for a verdict that is not known yet.</param>
public sealed class TraceVerdicts(TimeSpan? patience = null, SoundnessBounds? bounds = null)
{
    private readonly VerdictQueue<TraceVerdict> _queue = new(patience);

    /// <summary>The verdict; null where it is still being worked out.</summary>
    public Task<TraceVerdict?> OfAsync(TraceQuestion asked, bool waits, CancellationToken ct) => _queue.OfAsync(asked.Key(), () => WorkOut(asked), waits, ct);

    public TraceVerdict WorkOut(TraceQuestion asked)
    {
        try
        {
            return new TraceCheck(CaseActivities.Table, asked.Workflows.Find, bounds).Of(asked.Baseline, asked.Merged, asked.Required);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // Whoever approves it looks at it instead, and a second person does as well.
            return new TraceVerdict(TraceKind.Unknown, $"Whether the steps that the law requires stay as they are cannot be proved: looking at it broke off ({broken.Message}).", []);
        }
    }
}

/// <param name="Workflows">Those that either of the two uses as an activity.</param>
public sealed record TraceQuestion(WorkflowDefinition Baseline, WorkflowDefinition Merged, IReadOnlySet<string> Required, NamedWorkflows Workflows)
{
    public string Key() => string.Join('|',
    [
        DefinitionHash.Of(Baseline), DefinitionHash.Of(Merged),
        .. Required.Order(StringComparer.Ordinal),
        .. Workflows.Key,
    ]);
}
