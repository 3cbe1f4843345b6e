using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Cases;

public sealed class CaseModel(CaseQueries cases, TaskQueries tasks, CaseRefusals refusals, Caller caller, BusinessClock clock) : PageModel
{
    public CaseDetail Record { get; private set; } = null!;

    /// <summary>Instead of the record, where the roles do not open it and something can be done about that.</summary>
    public (string Urn, WayIn Way)? Refusal { get; private set; }

    public IReadOnlyList<TaskItem> Tasks { get; private set; } = [];
    public IReadOnlyList<TaskItem> Done { get; private set; } = [];
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    [TempData]
    public string? Did { get; set; }

    public IHtmlContent? Success => Did is null ? null : Show.Success(Phrases.Of(Did));

    /// <summary>For the link only; the command asks the evaluator again.</summary>
    public bool MayClose => Record.Case.Status == "ACTIVE" && ActionTable.RolesFor(AccessActions.CloseCaseInError).Any(caller.HasRole);

    public async Task<IActionResult> OnGetAsync(string urn, CancellationToken ct)
    {
        if (await cases.FindAsync(caller, urn, ct) is not { } file)
        {
            Refusal = await refusals.AskAsync(caller, urn, ct) is var way and (WayIn.Challenge or WayIn.StepUp) ? (urn, way) : null;
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Refusal is null ? NotFound() : Page();
        }

        Record = file;
        if (!caller.IsSystem && await cases.FindIdAsync(caller, urn, ct) is { } id)
        {
            Tasks = await tasks.OfCaseAsync(caller, id, ct);
            Done = await tasks.DoneInCaseAsync(caller, id, ct);
        }

        return Page();
    }

    public string AgencyName(string id) => Record.Participants.FirstOrDefault(part => part.Agency == id)?.Name ?? id;

    public string Lines(JsonNode? results) => results is JsonArray { Count: > 0 } lines
        ? ". " + string.Join("; ", lines.OfType<JsonObject>().Select(line => line["label"]?.ToString() ?? line["code"]?.ToString()))
        : "";
}
