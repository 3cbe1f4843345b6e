using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Verifies a text against what is published here: its structure, and the roles, forms, tables, calendars and workflows that it names.</summary>
public static class DefinitionCheck
{
    public static async Task<IReadOnlyList<DefinitionProblem>> ProblemsAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct)
    {
        Dictionary<(string Kind, string Id), object> known = [];
        foreach (PublishedResource resource in await db.PublishedResources.AsNoTracking().OrderBy(x => x.Version).ToListAsync(ct))
        {
            known[(resource.Kind, resource.Id)] = RuleCatalog.Parse(resource.Kind, resource.Text);
        }
        IReadOnlyDictionary<string, WorkflowDefinition> workflows = await PublishedVersions.LiveAsync(db, ct);
        CaseVerifier verifier = new((kind, id) => kind == "workflow" ? workflows.GetValueOrDefault(id) : known.GetValueOrDefault((kind, id)));
        return
        [
            .. Verifier.Verify(definition, CaseActivities.Table.Catalog, Evaluator.Problem, (id, _) => workflows.GetValueOrDefault(id)),
            .. verifier.Verify(definition),
        ];
    }
}
