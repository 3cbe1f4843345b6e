using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Operations;

public sealed class OperationModel(OperationQueries operations, SteerOperation steering, CaseDatabase database, Caller caller) : PageModel
{
    public OperationItem Item { get; private set; } = null!;
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public IEnumerable<(string Value, string Text, bool IsWarning)> Choices => (Item.State, Item.Wish) switch
    {
        (_, not null) => [],
        (OperationState.Waiting or OperationState.Running, _) => [("pause", "Pause", false), ("cancel", "Cancel", true)],
        (OperationState.Paused, _) => [("resume", "Go on", false), ("cancel", "Cancel", true)],
        (OperationState.Failed, _) => [("resume", "Try again", false)],
        _ => [],
    };

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string? steer, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        if (!Enum.TryParse<OperationSteering>(steer, true, out var wanted) || !Enum.IsDefined(wanted))
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, "Choose whether to pause, go on or cancel.");
        }

        await using var db = database.CreateDbContext();
        return await steering.RunAsync(db, caller, id, wanted, ct) switch
        {
            { Code: null } => Redirect($"/operations/{id}"),
            { Code: "operation-state" or "operation-moved", Message: var message } => Refuse(StatusCodes.Status409Conflict, message!),
            { Message: var message } => Refuse(StatusCodes.Status403Forbidden, message!),
        };
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        var found = await operations.FindAsync(caller, id, ct);
        Item = found!;
        return found is not null;
    }

    private PageResult Refuse(int status, string message)
    {
        Faults = [new Fault(null, message)];
        Response.StatusCode = status;
        return Page();
    }
}
