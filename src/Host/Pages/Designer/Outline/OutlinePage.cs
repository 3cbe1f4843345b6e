using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>What the pages of an outline share: they show one workflow, and each post is one change of it.</summary>
public abstract class OutlinePage(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : PageModel
{
    private const int LongestSaid = 6;

    public OutlineView View { get; private set; } = null!;
    public IReadOnlyList<Fault> Faults { get; protected set; } = [];

    protected IStringLocalizer<PageText> Words => words;

    protected async Task<bool> FindAsync(string definitionId, CancellationToken ct)
    {
        if (await drafts.FindAsync(definitionId, caller, ct) is not { } view)
        {
            return false;
        }

        View = view;
        return true;
    }

    /// <summary>Shows a page on which something is changed.</summary>
    protected async Task<IActionResult> ShowEditorAsync(string definitionId, Func<bool> isThere, CancellationToken ct) =>
        !await FindAsync(definitionId, ct) || !isThere() ? NotFound()
        : View.MayDraft ? Page()
        : StatusCode(StatusCodes.Status403Forbidden);

    /// <summary>Applies one change to the draft as it stands. What was typed stays on the page where it cannot be kept.</summary>
    /// <param name="revision">What the form was made from.</param>
    protected async Task<IActionResult> ChangeAsync(string? revision, Func<WorkflowDefinition, EditAnswer> edit, string target, string did, CancellationToken ct)
    {
        if (Overtaken(revision) is { } overtaken)
        {
            return overtaken;
        }

        var answer = edit(View.Definition);
        if (answer is not Edited edited)
        {
            return Refuse(StatusCodes.Status409Conflict, ((NotEdited)answer).Message);
        }

        return await drafts.SaveAsync(caller, edited.Definition, HttpContext.RequestAborted) switch
        {
            DraftRefused { IsDenied: true } => StatusCode(StatusCodes.Status403Forbidden),
            DraftRefused refused => await RefuseAsync(refused, ct),
            _ => Done(target, [did, .. edited.Notes]),
        };
    }

    /// <summary>What is answered to whoever may not change it, and to whoever did not see another's save; null where it can go on.</summary>
    protected IActionResult? Overtaken(string? revision) =>
        !View.MayDraft ? StatusCode(StatusCodes.Status403Forbidden)
        : View.Draft is { } draft && draft.SavedBy != caller.Subject && (revision ?? "") != View.Revision ? Refuse(StatusCodes.Status409Conflict, words[
            "{0} saved this draft on {1} while you had this page open. Nothing was overwritten, and what you typed is still here. Look at what has changed, then send it again to make your change on top of theirs.",
            draft.SavedByName, London.Long(draft.SavedAt)])
        : null;

    protected IActionResult Done(string target, IReadOnlyList<string> said)
    {
        TempData["Did"] = string.Join(' ', said.Take(LongestSaid));
        return Redirect(target);
    }

    protected PageResult Refuse(int status, params IEnumerable<string> messages) => Refuse(status, [.. messages.Select(message => new Fault(null, message))]);

    protected PageResult Refuse(int status, IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        Response.StatusCode = status;
        return Page();
    }

    // Somebody saved between our reading and our writing: the page shows what stands now.
    private async Task<IActionResult> RefuseAsync(DraftRefused refused, CancellationToken ct) =>
        await FindAsync(View.Id, ct) ? Refuse(StatusCodes.Status409Conflict, refused.Message) : NotFound();
}
