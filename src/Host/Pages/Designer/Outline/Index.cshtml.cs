using Assize.Engine.Commands;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Practice;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>A workflow in words: its steps in reading order, where each leads, and what is wrong.</summary>
public sealed class IndexModel(OutlineDrafts drafts, PracticeRun practice, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    private const int LongestNote = 2000;
    private readonly OutlineDrafts _drafts = drafts;
    private readonly Caller _caller = caller;

    public string? Note { get; private set; }

    /// <summary>So that a form that is sent twice begins one practice case.</summary>
    public string RequestId { get; } = Guid.NewGuid().ToString("n");
    public bool MayTry => ActionTable.RolesFor(AccessActions.RunPractice).Any(_caller.HasRole);

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct) => await FindAsync(definitionId, ct) ? Page() : NotFound();

    /// <summary>Begins a practice case on what is shown, and leads to where it stands.</summary>
    public async Task<IActionResult> OnPostTryAsync(string definitionId, string? request, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct))
        {
            return NotFound();
        }

        return await practice.StartAsync(_caller, string.IsNullOrEmpty(request) ? RequestId : request, definitionId, ct) switch
        {
            Completed { Body: { } begun } => Redirect($"/designer/practice/{begun["caseId"]}"),
            Refused { Code: AccessCodes.RoleMissing } => StatusCode(StatusCodes.Status403Forbidden),
            var refused => Refuse(StatusCodes.Status409Conflict, Refusals.Say(refused)),
        };
    }

    public async Task<IActionResult> OnPostRequestAsync(string definitionId, string? note, string? revision, CancellationToken ct)
    {
        Note = note;
        if (!await FindAsync(definitionId, ct))
        {
            return NotFound();
        }

        if (Overtaken(revision) is { } refused)
        {
            return refused;
        }

        if (note is { Length: > LongestNote })
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, [new Fault("note", Words["Say it in at most {0} characters", LongestNote])]);
        }

        return await _drafts.RequestAsync(_caller, definitionId, note, ct) switch
        {
            DraftRefused { IsDenied: true } => StatusCode(StatusCodes.Status403Forbidden),
            DraftRefused refusal => Refuse(StatusCodes.Status409Conflict, [
                new Fault(null, refusal.Message), .. refusal.Problems.Select(problem => new Fault(problem.ActivityId is { } step && View.Step(step) is not null ? OutlineListing.AnchorId(step) : null, problem.Message))]),
            _ => Done(View.Path, [Words["Its publication has been asked for. It waits for another process owner, who finds it under Publications."]]),
        };
    }
}
