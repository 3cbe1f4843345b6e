using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>What went wrong in a case and is still open.</summary>
public sealed class IncidentQueries(CaseDatabase database, CaseQueries cases, DefinitionQueries definitions)
{
    /// <summary>The case's id, or null where there is none that the caller may see.</summary>
    public Task<string?> FindCaseAsync(Caller caller, string urn, CancellationToken ct) => cases.FindIdAsync(caller, urn, ct);

    /// <summary>An open incident of a case with the text of its step; null where there is none of that id.</summary>
    public async Task<(IncidentItem Incident, string Step)?> FindAsync(string caseId, string incidentId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var rows = await db.Set<InstanceRow>().AsNoTracking().Where(row => row.UnitId == caseId && row.Running && row.Incidents > 0).Select(row => row.State).ToListAsync(ct);
        foreach (var state in rows.Select(InstanceJson.ReadState))
        {
            if (state.Incidents.FirstOrDefault(incident => incident.Id == incidentId) is { } found)
            {
                var drawn = await definitions.FindAsync(state.DefinitionId, state.DefinitionVersion, ct);
                return (new IncidentItem(found.Id, found.ActivityId, found.Code, found.Message, found.At), drawn?.StepText(found.ActivityId) ?? found.ActivityId);
            }
        }

        return null;
    }
}
