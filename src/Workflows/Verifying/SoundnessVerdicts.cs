using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Activities;

namespace Assize.Workflows.Verifying;

/// <summary>Verdicts of soundness, by all that they are about.</summary>
/// <param name="patience">How long somebody waits for a verdict that is not known yet.</param>
public sealed class SoundnessVerdicts(TimeSpan? patience = null, SoundnessBounds? bounds = null)
{
    private readonly VerdictQueue<SoundnessVerdict> _queue = new(patience);

    /// <summary>The verdict; null where it is still being worked out.</summary>
    public Task<SoundnessVerdict?> OfAsync(SoundnessQuestion asked, bool waits, CancellationToken ct) => _queue.OfAsync(asked.Key(), () => WorkOut(asked), waits, ct);

    private SoundnessVerdict WorkOut(SoundnessQuestion asked)
    {
        try
        {
            return WorkflowSoundness.Of(asked.Definition, asked.Workflows, bounds);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // Whoever approves it looks at it instead, and a second person does as well.
            return new SoundnessVerdict(SoundnessKind.Unknown, [], $"Nothing can be proved of this workflow: looking at it broke off ({broken.Message}).", new(0, 0));
        }
    }
}

/// <summary>What a verdict is about.</summary>
/// <param name="Workflows">The published workflows that it can come to run.</param>
public sealed record SoundnessQuestion(WorkflowDefinition Definition, NamedWorkflows Workflows)
{
    public string Key() => string.Join('|', [DefinitionHash.Of(Definition), .. Workflows.Key]);
}
