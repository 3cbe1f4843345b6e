using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Overlays;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Overlays;

/// <summary>One overlay: what it does, what the workflow is with it, and where it is retired.</summary>
public sealed class OverlayModel(OverlayQueries overlays, DefinitionQueries definitions, OverlayRun run, Caller caller, IStringLocalizer<PageText> words) : PageModel
{
    private const int LongestReason = 500;

    public PublishedOverlay Published { get; private set; } = null!;
    public OverlayView View { get; private set; } = null!;
    public bool MayDraft { get; private set; }
    public string? Reason { get; private set; }
    public string? ReasonError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public string Rules => $"/designer/rules/overlay/{Published.Id}";

    public async Task<IActionResult> OnGetAsync(string id, int? version, CancellationToken ct) => await FindAsync(id, version, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRetireAsync(string id, string? reason, CancellationToken ct)
    {
        if (!await FindAsync(id, null, ct))
        {
            return NotFound();
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            (Reason, ReasonError) = (reason, words["Say why, in at most {0} characters", LongestReason]);
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("reason", ReasonError));
        }

        switch (await run.RetireAsync(caller, id, reason.Trim(), ct))
        {
            case DraftRefused { IsDenied: true }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case DraftRefused refused:
                return Refuse(StatusCodes.Status409Conflict, new Fault(null, refused.Message));
            default:
                TempData["Did"] = words["‘{0}’ is retired: new cases follow the national workflow. Cases that began with it go on.", View.Overlay.Title.En].Value;
                return Redirect("/designer/overlays");
        }
    }

    private async Task<bool> FindAsync(string id, int? version, CancellationToken ct)
    {
        if (await overlays.FindAsync(id, version, ct) is not { } published || await OverlayView.OfAsync(published.Text, definitions, ct) is not { } view)
        {
            return false;
        }

        (Published, View) = (published, view);
        MayDraft = await overlays.MayDraftAsync(id, caller, ct);
        return true;
    }

    private PageResult Refuse(int status, Fault fault)
    {
        Faults = [fault];
        Response.StatusCode = status;
        return Page();
    }
}
