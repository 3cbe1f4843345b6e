using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Practice;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Workflows.Simulating;

/// <summary>Tries a drawing for a year. Reads what is published and drafted; writes nothing.</summary>
public sealed class SimulateYear(IAccessEvaluator access, DraftingRights rights, RuleCatalog rules, DefinitionCheck check) : IDisposable
{
    public const int MostCases = 20_000;

    // A year keeps a processor busy for seconds: one at a time in a process.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The draft, where the caller's rights let them see it, and where there is none the newest published version; null where there is neither for the caller.</summary>
    public async Task<Simulated?> FindAsync(CaseDb db, Caller caller, string definitionId, CancellationToken ct)
    {
        if (!(await access.CheckAsync(db, caller, AccessActions.RunPractice, AccessTarget.None, ct)).Allowed)
        {
            return null;
        }
        await rules.FollowAsync(db, ct);
        if (await DrawnForPractice.FindAsync(db, rights, caller, definitionId, ct) is not var (drawn, isDraft))
        {
            return null;
        }
        NamedWorkflows workflows = await check.ReachedFromAsync(db, drawn, ct);
        return new Simulated(drawn, isDraft, workflows, SimulatedDrawing.Roles(workflows.All.Append(drawn)));
    }

    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public async Task<SimulationReport> RunAsync(CaseDb db, Simulated found, SimulationTerms terms, CancellationToken ct)
    {
        SimulatedDrawing drawing = await SimulatedDrawing.OfAsync(db, rules, found.Drawn, found.Workflows, terms, ct);
        await _turn.WaitAsync(ct);
        try
        {
            return await Task.Run(() => new Simulation(drawing, terms).Run(ct), ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}

/// <param name="Workflows">The published workflows that it can come to run.</param>
/// <param name="Roles">Who works on its tasks.</param>
public sealed record Simulated(WorkflowDefinition Drawn, bool IsDraft, NamedWorkflows Workflows, IReadOnlyList<string> Roles);
