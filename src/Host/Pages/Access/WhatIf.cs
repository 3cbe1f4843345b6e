using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Access;

/// <summary>What a change would give and take, for the page that is about to make it.</summary>
public sealed class WhatIf(SimulateChange simulate, CaseDatabase database)
{
    public async Task<SimulatedAccess?> RunAsync(Caller caller, SimulatedChange change, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await simulate.RunAsync(db, caller, change, ct);
    }
}
