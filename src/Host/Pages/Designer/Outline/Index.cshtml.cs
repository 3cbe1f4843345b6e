using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>A workflow in words: its steps in reading order, where each leads, and what is wrong.</summary>
public sealed class IndexModel(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    private const int LongestNote = 2000;
    private readonly OutlineDrafts _drafts = drafts;
    private readonly Caller _caller = caller;

    public string? Note { get; private set; }

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct) => await FindAsync(definitionId, ct) ? Page() : NotFound();

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
