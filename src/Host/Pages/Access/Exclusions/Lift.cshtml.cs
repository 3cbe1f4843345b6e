using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Exclusions;

public sealed class LiftModel(ExclusionQueries exclusions, RemoveExclusion remove, WhatIf whatIf, CaseDatabase database, Caller caller) : AccessForm
{
    public ConflictRow Row { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        await using var db = database.CreateDbContext();
        return Ended(await remove.RunAsync(db, caller, Posted(), id, Reason ?? "", ct), "The conflict is lifted. Roles open what it covered again.", "/access/exclusions");
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = (await exclusions.OfAgencyAsync(caller, ct)).FirstOrDefault(row => row.Id == id);
        Row = found!;
        if (found is { IsOwn: false })
        {
            Change = await whatIf.RunAsync(caller, new SimulatedChange { LiftExclusion = id }, ct);
        }

        return found is not null;
    }
}
