using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Tasks;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Tasks;

public sealed class TaskModel(TaskQueries tasks, FormQueries forms, TaskRun run, Caller caller, BusinessClock clock) : PageModel
{
    public TaskItem Item { get; private set; } = null!;
    public WorkTask Row { get; private set; } = null!;
    public IReadOnlyList<TaskOffence> Offences { get; private set; } = [];
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public string NewRequest { get; } = Guid.NewGuid().ToString("n");

    [TempData]
    public string? Did { get; set; }

    public IHtmlContent? Done => Did is null ? null : Show.Success(Phrases.Of(Did));
    public string Instructions => Row.Instructions.Length == 0 ? "No further instructions." : Row.Instructions;
    public bool IsOpen => Row.State == TaskState.Open;
    public bool IsMine => Row.State == TaskState.Claimed && Row.Assignee == caller.Subject;
    public bool IsCompleted => Row.State == TaskState.Completed;
    public string State => Row.State == TaskState.Claimed ? "Taken" : Words.Plain(Row.State);
    public string? StateColour => Row.State switch { TaskState.Open => "yellow", TaskState.Claimed => "blue", TaskState.Completed => "green", _ => "grey" };

    public IReadOnlyList<Choice> Outcomes => [.. (JsonSerializer.Deserialize<string[]>(Row.Outcomes) ?? []).Select(outcome => new Choice(outcome, Words.Plain(outcome)))];

    public string? OutcomeError { get; private set; }

    /// <param name="choose">Whether somebody went on without choosing an outcome.</param>
    public async Task<IActionResult> OnGetAsync(string id, bool choose, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
        {
            return NotFound();
        }

        if (choose && IsMine)
        {
            OutcomeError = Phrases.Of("Choose what the outcome is");
            Faults = [new Fault("outcome", OutcomeError)];
        }

        return Page();
    }

    public async Task<IActionResult> OnPostClaimAsync(string id, string request, CancellationToken ct) =>
        await AfterAsync(id, await run.ClaimAsync(caller, request, id, ct), "You have taken this task.", ct);

    public async Task<IActionResult> OnPostReleaseAsync(string id, string request, CancellationToken ct) =>
        await AfterAsync(id, await run.ReleaseAsync(caller, request, id, ct), "You have given this task back.", ct);

    private async Task<IActionResult> AfterAsync(string id, CommandAnswer answer, string said, CancellationToken ct)
    {
        if (answer is Completed)
        {
            Did = said;
            return Redirect($"/task/{id}");
        }

        if (!await LoadAsync(id, ct))
        {
            return NotFound();
        }

        Faults = [new Fault(null, Phrases.Of(Refusals.Say(answer)))];
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> LoadAsync(string id, CancellationToken ct)
    {
        if (await tasks.FindAsync(caller, id, ct) is not var (item, row))
        {
            return false;
        }

        (Item, Row, Offences) = (item, row, await forms.OffencesAsync(row, ct));
        return true;
    }
}
