using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Migrating;

/// <summary>How far a migration is, which cases it left and why, and the way back.</summary>
public sealed class MigrationModel(MigrationQueries migrations, DraftQueries drafts, MigrationRun run, Caller caller) : PageModel
{
    public MigrationView View { get; private set; } = null!;
    public bool ShowsMoved { get; private set; }
    public IReadOnlyList<(string Words, int Cases)> Reasons { get; private set; } = [];
    public Page<MigratedCaseItem> Cases { get; private set; } = new([], null);
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public bool MayMigrate { get; private set; }

    public bool CanBeTakenBack => MayMigrate && View.Migration is { Reverses: null, Moved: > 0 } && !OperationState.Open.Contains(View.Operation.State);

    public async Task<IActionResult> OnGetAsync(string id, string? list, string? cursor, CancellationToken ct) =>
        await FindAsync(id, list is null ? null : list == "moved", cursor, ct) switch
        {
            null => NotFound(),
            false => Refuse(StatusCodes.Status422UnprocessableEntity, "There is no such page of this list. Begin at its first one."),
            _ => Page(),
        };

    public async Task<IActionResult> OnPostReverseAsync(string id, CancellationToken ct)
    {
        var answer = await run.ReverseAsync(caller, id, ct);
        return await FindAsync(id, moved: null, null, ct) is null ? NotFound() : answer switch
        {
            { Id: { } begun } => Redirect($"/designer/migrations/{begun}"),
            { Code: AccessCodes.RoleMissing or DraftingRights.Missing } => StatusCode(StatusCodes.Status403Forbidden),
            { Message: var message } => Refuse(StatusCodes.Status409Conflict, message!),
        };
    }

    // False where the migration is there and the page of its list is not.
    private async Task<bool?> FindAsync(string id, bool? moved, string? cursor, CancellationToken ct)
    {
        if (await migrations.FindAsync(id, ct) is not { } found)
        {
            return null;
        }

        MayMigrate = (await drafts.ReachAsync(caller, ct)).MayDraft(found.Migration.DefinitionId);
        // Where none was left, those that moved are what there is to see.
        (View, ShowsMoved, Reasons) = (found, moved ?? found.Migration is { Skipped: 0, Moved: > 0 }, await migrations.ReasonsAsync(id, ct));
        if (await migrations.CasesAsync(caller, id, ShowsMoved, cursor, ct) is not { } page)
        {
            return false;
        }

        Cases = page;
        return true;
    }

    private PageResult Refuse(int status, string message)
    {
        Faults = [new Fault(null, message)];
        Response.StatusCode = status;
        return Page();
    }
}
