using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer;

/// <summary>Runs the commands on versions that people give on pages.</summary>
public sealed class DraftRun(CaseDatabase database, RetractVersion retract, RevertDraft revert, SaveDraft save, BusinessClock clock)
{
    public async Task<DraftAnswer> BeginAsync(Caller caller, string definitionId, string name, DefinitionOwner? owner, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await save.RunAsync(db, caller, EmptyDrawing.Of(definitionId, name), ct, owner: owner);
    }

    public async Task<DraftAnswer> RetractAsync(Caller caller, string definitionId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await retract.RunAsync(db, caller, definitionId, ct, clock.GetUtcNow());
    }

    public async Task<DraftAnswer> RevertAsync(Caller caller, string definitionId, int version, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await revert.RunAsync(db, caller, definitionId, version, ct);
    }
}
