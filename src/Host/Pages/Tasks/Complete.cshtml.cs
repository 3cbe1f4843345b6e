using System.Text.Json;
using System.Text.Json.Nodes;
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

public sealed class CompleteModel(TaskQueries tasks, FormQueries forms, TaskRun run, Caller caller, BusinessClock clock) : PageModel
{
    private FormFields? _fields;

    public TaskItem Item { get; private set; } = null!;
    public string Outcome { get; private set; } = "";
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public IHtmlContent? Questions => _fields?.Render();

    public async Task<IActionResult> OnGetAsync(string id, string? outcome, CancellationToken ct)
    {
        if (await tasks.FindAsync(caller, id, ct) is not var (item, row))
        {
            return NotFound();
        }

        if (string.IsNullOrEmpty(outcome) && row.State == TaskState.Claimed)
        {
            return Redirect($"/task/{id}?choose=true");
        }

        // Somebody else's task, or an ended one: the task's own page says what can be done.
        if (!CanComplete(row, outcome))
        {
            return Redirect($"/task/{id}");
        }

        (Item, Outcome) = (item, outcome!);
        _fields = await FieldsAsync(row, [], [], ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? outcome, string? request, CancellationToken ct)
    {
        if (await tasks.FindAsync(caller, id, ct) is not var (item, row))
        {
            return NotFound();
        }

        (Item, Outcome, RequestId) = (item, outcome ?? "", string.IsNullOrEmpty(request) ? RequestId : request);
        var form = await forms.FindAsync(row, ct);
        var offences = await forms.OffencesAsync(row, ct);
        var asked = new FormFields(form?.Form ?? Empty, Outcome, offences, [], []).Asked;
        var fields = FormPost.Read(asked, offences, Request.Form);
        var answer = await run.CompleteAsync(caller, RequestId, id, Outcome, fields, ct);
        if (answer is Completed)
        {
            TempData["Did"] = $"‘{item.Title}’ is complete: {Words.Plain(Outcome).ToLowerInvariant()}.";
            TempData["DidTask"] = id;
            return Redirect("/tasks");
        }

        return await RefusedAsync(row, fields, answer, ct);
    }

    private static Assize.Workflows.Forms.Form Empty { get; } = new("none", 0, new Workflows.Rules.LocalText(""), null, []);

    private bool CanComplete(WorkTask row, string? outcome) => row.State == TaskState.Claimed && row.Assignee == caller.Subject
        && JsonSerializer.Deserialize<string[]>(row.Outcomes)?.Contains(outcome) == true;

    private async Task<IActionResult> RefusedAsync(WorkTask row, JsonObject fields, CommandAnswer answer, CancellationToken ct)
    {
        var refused = answer as Refused;
        IReadOnlyList<ApiFault> faults = [.. (refused?.Detail as JsonArray ?? []).OfType<JsonObject>()
            .Select(fault => new ApiFault(fault["pointer"]?.ToString() ?? "", fault["code"]?.ToString() ?? "", fault["message"]?.ToString() ?? ""))];
        var errors = new FormErrors((await forms.FindAsync(row, ct))?.Form ?? Empty, await forms.OffencesAsync(row, ct), fields, London.Day(clock.GetUtcNow()));
        faults = [.. faults.Select(errors.Say)];
        _fields = await FieldsAsync(row, fields, faults, ct);
        Faults = faults.Count > 0
            ? [.. faults.Select(fault => new Fault(_fields.FieldId(fault.Pointer), fault.Message))]
            : [new Fault(null, Refusals.Say(answer))];

        // A refusal is remembered under its request id; the corrected answers are a new request.
        RequestId = Guid.NewGuid().ToString("n");
        ModelState.Clear();
        Response.StatusCode = faults.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<FormFields> FieldsAsync(WorkTask row, JsonObject answers, IReadOnlyList<ApiFault> faults, CancellationToken ct) =>
        new((await forms.FindAsync(row, ct))?.Form ?? Empty, Outcome, await forms.OffencesAsync(row, ct), answers, faults);
}
