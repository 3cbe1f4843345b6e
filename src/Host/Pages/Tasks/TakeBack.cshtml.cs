using Assize.Engine.Commands;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Tasks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Tasks;

public sealed class TakeBackModel(TaskQueries tasks, TaskRun run, Caller caller) : PageModel
{
    public TaskItem Item { get; private set; } = null!;
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");
    public string? Reason { get; private set; }
    public string? ReasonError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (await tasks.FindAsync(caller, id, ct) is not var (item, row))
        {
            return NotFound();
        }

        Item = item;
        return row.State == TaskState.Completed ? Page() : Redirect($"/task/{id}");
    }

    public async Task<IActionResult> OnPostAsync(string id, string? reason, string? request, CancellationToken ct)
    {
        if (await tasks.FindAsync(caller, id, ct) is not var (item, _))
        {
            return NotFound();
        }

        (Item, Reason) = (item, reason);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 2000)
        {
            ReasonError = string.IsNullOrWhiteSpace(reason) ? "Enter why you are taking it back" : "The reason must be 2000 characters or fewer";
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("reason", ReasonError));
        }

        var answer = await run.ReinstateAsync(caller, request ?? RequestId, id, reason, ct);
        if (answer is Completed)
        {
            TempData["Did"] = "The task is open again.";
            return Redirect($"/task/{id}");
        }

        return Refuse(StatusCodes.Status409Conflict, new Fault(null, Refusals.Say(answer)));
    }

    private PageResult Refuse(int status, Fault fault)
    {
        Faults = [fault];
        Response.StatusCode = status;
        return Page();
    }
}
