using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Drafting;

/// <summary>One right: who asked and decided, and where another administrator decides or one ends it.</summary>
public sealed class RightModel(DraftingRightQueries rights, CaseDatabase database, Caller caller, IStringLocalizer<PageText> words) : RightForm
{
    public DraftingRightItem Item { get; private set; } = null!;
    public DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public bool CanDecide => Item is { Right.State: DraftingRightState.Waiting, IsOwn: false, MayDecide: true };

    public bool CanEnd => Item.Right.State is DraftingRightState.Waiting or DraftingRightState.Given;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostDecideAsync(string id, string? decision, [FromServices] DecideDraftingRight decide, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        if (decision is not ("give" or "refuse"))
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, words, new Fault(null, "Choose whether to approve or to refuse"));
        }

        await using var db = database.CreateDbContext();
        return Ended(await decide.RunAsync(db, caller, id, decision == "give", null, ct), decision == "give" ? "The right is given." : "The right is refused. Nothing changes.", words);
    }

    public async Task<IActionResult> OnPostEndAsync(string id, [FromServices] EndDraftingRight end, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        await using var db = database.CreateDbContext();
        return Ended(await end.RunAsync(db, caller, id, Reason ?? "", ct), "The right is ended, and counts no more.", words);
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await rights.FindAsync(caller, id, ct);
        Item = found!;
        return found is not null;
    }
}
