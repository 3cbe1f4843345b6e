using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Verifying;

/// <summary>Verifies a definition against what is published here: its structure, and the roles, forms, tables, calendars and workflows that it names.</summary>
public sealed class DefinitionCheck(RuleCatalog rules)
{
    public async Task<Verification> RunAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct)
    {
        await rules.FollowAsync(db, ct);
        Dictionary<string, WorkflowDefinition> workflows = [];
        await ReachAsync(db, definition, workflows, ct);
        return Verification.Of(definition, (kind, id) => kind == "workflow" ? workflows.GetValueOrDefault(id) : rules.Newest(kind, id));
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
