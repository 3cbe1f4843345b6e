using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Verifying;

/// <summary>Verifies a definition against what is published here: its structure, the roles, forms, tables, calendars and workflows that it names, and whether it is sound.</summary>
public sealed class DefinitionCheck(RuleCatalog rules, SoundnessVerdicts verdicts, TimeProvider clock)
{
    /// <summary>All of it. Where soundness takes long, its line says that it is being worked out. Not for a transaction, which would wait as well.</summary>
    public Task<Verification> RunAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => RunAsync(db, definition, waits: true, ct);

    /// <summary>All that is known now: soundness, where it was asked for before.</summary>
    public Task<Verification> RunWithoutWaitAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => RunAsync(db, definition, waits: false, ct);

    /// <summary>What is looked at while somebody draws: all but soundness.</summary>
    public async Task<Verification> RunWhileDrawnAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => Of(definition, await ReachAsync(db, definition, ct));

    private async Task<Verification> RunAsync(CaseDb db, WorkflowDefinition definition, bool waits, CancellationToken ct)
    {
        Dictionary<string, WorkflowDefinition> workflows = await ReachAsync(db, definition, ct);
        Verification verification = Of(definition, workflows);
        // What does not even stand cannot be run.
        return !verification.MayBePublished
            ? verification
            : verification.With(await verdicts.OfAsync(new SoundnessQuestion(definition, workflows, await HeldAsync(db, ct)), waits, ct));
    }

    private Verification Of(WorkflowDefinition definition, Dictionary<string, WorkflowDefinition> workflows) =>
        Verification.Of(definition, (kind, id) => kind == "workflow" ? workflows.GetValueOrDefault(id) : rules.Newest(kind, id), day: London.Day(clock.GetUtcNow()));

    // Where the directory is not known here, nothing can be said of who holds what.
    private async Task<IReadOnlySet<string>?> HeldAsync(CaseDb db, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<string> held = await db.Set<HomeRole>().Where(x => x.From <= now && (x.To == null || now < x.To)).Select(x => x.Role).Distinct().ToListAsync(ct);
        return held.Count == 0 ? null : held.ToHashSet();
    }

    private async Task<Dictionary<string, WorkflowDefinition>> ReachAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct)
    {
        await rules.FollowAsync(db, ct);
        Dictionary<string, WorkflowDefinition> workflows = [];
        await ReachAsync(db, definition, workflows, ct);
        return workflows;
    }

    /// <summary>Every published workflow that the definition can start or inline, by id; itself only where it can reach itself.</summary>
    public async Task<Dictionary<string, WorkflowDefinition>> ReachedFromAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct)
    {
        Dictionary<string, WorkflowDefinition> reached = [];
        await ReachAsync(db, definition, reached, ct);
        return reached;
    }

    // Each workflow once, however often and in whatever circle it is named.
    private async Task ReachAsync(CaseDb db, WorkflowDefinition from, Dictionary<string, WorkflowDefinition> reached, CancellationToken ct)
    {
        foreach (string id in SubWorkflows.NamedIn(from).Select(x => x.Id).Where(id => !reached.ContainsKey(id)).ToList())
        {
            if (!reached.ContainsKey(id) && await rules.NewestDefinitionAsync(db, id, ct) is { } found)
            {
                reached[id] = found;
                await ReachAsync(db, found, reached, ct);
            }
        }
    }
}
