using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Pages.Tasks;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Practice;
using Assize.Workflows.Tasks;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Practice;

/// <summary>What a practice case waits for, and the ways to bring it about. Studio's viewer shows the same beside the drawing.</summary>
public sealed class PracticeModel(PracticeQueries practices, FormQueries forms, PracticeRun run, Caller caller) : PageModel
{
    private FormFields? _fields;

    public PracticeSeen Seen { get; private set; } = null!;
    public IReadOnlyList<PracticeLine> Waits { get; private set; } = [];
    public IReadOnlyList<Fault> Faults { get; private set; } = [];
    public string RequestId { get; private set; } = Guid.NewGuid().ToString("n");
    public string Wait { get; private set; } = "";
    public string Outcome { get; private set; } = "";
    public bool IsFaulted => Seen.States.Any(state => state.Incidents.Length > 0);
    public IHtmlContent? Questions => _fields?.Render();

    public async Task<IActionResult> OnGetAsync(string caseId, CancellationToken ct) => await ShowAsync(caseId, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAnswerAsync(string caseId, string? wait, string? outcome, string? request, CancellationToken ct)
    {
        if (!await ShowAsync(caseId, ct))
        {
            return NotFound();
        }

        (Wait, Outcome, RequestId) = (wait ?? "", outcome ?? "", string.IsNullOrEmpty(request) ? RequestId : request);
        JsonObject fields = [];
        if (Seen.Tasks.GetValueOrDefault(Wait) is { } task && await forms.FindAsync(task, ct) is { } form)
        {
            var offences = await forms.OffencesAsync(task, ct);
            var asked = new FormFields(form.Form, Outcome, offences, [], []).Asked.ToList();
            if (asked.Count > 0 && !Request.Form.ContainsKey("answered"))
            {
                _fields = new FormFields(form.Form, Outcome, offences, [], []);
                return Page();
            }

            fields = FormPost.Read(asked, offences, Request.Form);
        }

        var due = Seen.Waits.Where(line => line.Wait.Id == Wait && line.Wait.Kind == WaitKind.Timer).Select(line => line.Wait.Due).FirstOrDefault();
        var answer = await run.AnswerAsync(caller, RequestId, caseId, new PracticeAnswer(Wait, Outcome, fields, due), ct);
        return answer is Completed ? Redirect($"/designer/practice/{caseId}") : await RefusedAsync(answer, fields, ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(string caseId, CancellationToken ct) =>
        await run.DeleteAsync(caller, caseId, ct) ? Redirect("/designer") : NotFound();

    private async Task<IActionResult> RefusedAsync(CommandAnswer answer, JsonObject fields, CancellationToken ct)
    {
        IReadOnlyList<ApiFault> faults = [.. ((answer as Refused)?.Detail as JsonArray ?? []).OfType<JsonObject>()
            .Select(fault => new ApiFault(fault["pointer"]?.ToString() ?? "", fault["code"]?.ToString() ?? "", fault["message"]?.ToString() ?? ""))];
        if (Seen.Tasks.GetValueOrDefault(Wait) is { } task && await forms.FindAsync(task, ct) is { } form)
        {
            _fields = new FormFields(form.Form, Outcome, await forms.OffencesAsync(task, ct), fields, faults);
        }

        Faults = faults.Count > 0 ? [.. faults.Select(fault => new Fault(_fields?.FieldId(fault.Pointer), fault.Message))] : [new Fault(null, Refusals.Say(answer))];
        RequestId = Guid.NewGuid().ToString("n");
        ModelState.Clear();
        Response.StatusCode = faults.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> ShowAsync(string caseId, CancellationToken ct)
    {
        if (await practices.FindAsync(caller, caseId, ct) is not { } seen)
        {
            return false;
        }

        Seen = seen;
        Waits = [.. seen.Waits.Select(line => Line(line.Wait, seen.Tasks.GetValueOrDefault(line.Wait.Id)))];
        return true;
    }

    private static PracticeLine Line(Wait wait, WorkTask? task) => wait.Kind switch
    {
        WaitKind.Task => new PracticeLine(
            wait.Id, wait.Name, task is null ? "" : $"{Words.Role(task.LaneRole)}. {task.Instructions}".Trim(),
            [.. (wait.Spec?["outcomes"] as JsonArray ?? []).Select(outcome => ((string)outcome!, Words.Plain((string)outcome!)))]),
        WaitKind.Timer => new PracticeLine(wait.Id, wait.Name, wait.Due is { } due ? $"Its day is {London.Long(due)}." : "", [("", "Let its day come")]),
        _ => new PracticeLine(wait.Id, Words.Plain(wait.Name), "It waits for this to happen.", [("", "Let it happen")]),
    };
}

/// <summary>A wait with the answers that can be given.</summary>
public sealed record PracticeLine(string WaitId, string Title, string Says, IReadOnlyList<(string Value, string Text)> Answers);
