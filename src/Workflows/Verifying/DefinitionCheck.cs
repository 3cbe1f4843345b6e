using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Verifying;

/// <summary>Verifies a definition against what is published here: its structure, the roles, forms, tables, calendars and workflows that it names, and whether it is sound.</summary>
public sealed class DefinitionCheck(RuleCatalog rules, SoundnessVerdicts verdicts, TimeProvider clock)
{
    /// <summary>All of it. Where soundness takes long, its line says that it is being worked out. Not for a transaction, which would wait as well.</summary>
    public Task<Verification> RunAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => RunAsync(db, definition, waits: true, ct);

    /// <summary>All that is known now: soundness, where it was asked for before.</summary>
    public Task<Verification> RunWithoutWaitAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => RunAsync(db, definition, waits: false, ct);

    /// <summary>What is looked at while somebody draws: all but soundness.</summary>
    public async Task<Verification> RunWhileDrawnAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => Of(definition, await ReachedFromAsync(db, definition, ct));

    /// <summary>Every published workflow that the definition can come to run, as the engine would find it.</summary>
    public async Task<NamedWorkflows> ReachedFromAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct)
    {
        await rules.FollowAsync(db, ct);
        return await NamedWorkflows.InReachOfAsync(definition, (id, version) => rules.DefinitionAsync(db, id, version, ct), rules.Numbers);
    }

    private async Task<Verification> RunAsync(CaseDb db, WorkflowDefinition definition, bool waits, CancellationToken ct)
    {
        NamedWorkflows workflows = await ReachedFromAsync(db, definition, ct);
        Verification verification = Of(definition, workflows);
        // What does not even stand cannot be run.
        if (!verification.MayBePublished)
        {
            return verification;
        }
        SoundnessVerdict? verdict = await verdicts.OfAsync(new SoundnessQuestion(definition, workflows), waits, ct);
        return verification.With(verdict is null ? null : await WithLanesAsync(db, verdict, definition, workflows, ct));
    }

    private Verification Of(WorkflowDefinition definition, NamedWorkflows workflows) => Verification.Of(definition, rules.Newest, workflows, London.Day(clock.GetUtcNow()));

    // Who holds what changes by the day, and asks for no new exploration.
    private async Task<SoundnessVerdict> WithLanesAsync(CaseDb db, SoundnessVerdict verdict, WorkflowDefinition definition, NamedWorkflows workflows, CancellationToken ct)
    {
        ImmutableArray<SoundnessFinding> empty = [.. await EmptyLanes.FindAsync(db, definition, workflows, clock.GetUtcNow(), ct)];
        return empty.IsEmpty ? verdict : verdict with { Kind = SoundnessKind.Unsound, Reason = null, Findings = [.. verdict.Findings, .. empty] };
    }
}
