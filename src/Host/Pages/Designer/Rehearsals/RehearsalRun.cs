using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Rehearsals;

/// <summary>Begins what people ask for on pages.</summary>
public sealed class RehearsalRun(CaseDatabase database, BeginRehearsal begin)
{
    public async Task<RehearsalAnswer> BeginAsync(Caller caller, WorkflowDefinition definition, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await begin.RunAsync(db, caller, definition, ct);
    }
}
