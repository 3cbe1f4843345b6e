using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Access.Grants;

public sealed class EndModel(GrantQueries grants, EndGrant end, SimulateChange simulate, CaseDatabase database, Caller caller) : AccessForm
{
    public GrantView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } refused)
        {
            return refused;
        }

        if (string.IsNullOrWhiteSpace(Reason))
        {
            return Unfit(new Components.Fault("reason", "Say why it ends"));
        }

        await using var db = database.CreateDbContext();
        return Ended(await end.RunAsync(db, caller, Posted(), id, Reason, ct), "It is ended, at once.", "/access/requests");
    }

    private async Task<IActionResult?> FindAsync(string id, CancellationToken ct)
    {
        if (await grants.FindAsync(caller, id, ct) is not { } view)
        {
            return NotFound();
        }

        View = view;
        if (!view.May.End)
        {
            return Redirect($"/access/requests/{id}");
        }

        await using var db = database.CreateDbContext();
        Change = view.Grant.State == GrantState.Live ? await simulate.RunAsync(db, caller, new SimulatedChange { EndGrant = id }, ct) : null;
        return null;
    }
}
