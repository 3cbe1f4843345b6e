using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Overlays;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Overlays;

/// <summary>Runs the commands on overlays that only they have.</summary>
public sealed class OverlayRun(CaseDatabase database, RetireOverlay retire)
{
    public async Task<DraftAnswer> RetireAsync(Caller caller, string overlay, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await retire.RunAsync(db, caller, overlay, reason, ct);
    }
}
