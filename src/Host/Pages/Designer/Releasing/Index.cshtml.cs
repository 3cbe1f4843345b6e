using Assize.Host.Components;
using Assize.Host.Pages.Designer.Publications;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Releasing;

/// <summary>Which new cases take which version, from when; how the cases of each release fare; and the way back.</summary>
public sealed class IndexModel(DefinitionQueries definitions, DraftQueries drafts, ReleaseQueries releases, PublicationRun run, Caller caller) : PageModel
{
    private const string Unsaid = "No reason was given.";
    private const int LongestReason = 500;

    public string DefinitionId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public bool MayAsk { get; private set; }
    public bool HasDraft { get; private set; }
    public IReadOnlyList<int> Versions { get; private set; } = [];
    public IReadOnlyList<ReleaseLine> Releases { get; private set; } = [];
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>In the order in which a new case is held against them.</summary>
    public IEnumerable<ReleaseLine> Live => Releases.Where(x => x.Release.State == ReleaseState.Live)
        .OrderByDescending(x => x.Release.Scope.Narrowness).ThenByDescending(x => x.Release.EffectiveFrom ?? DateOnly.MinValue).ThenByDescending(x => x.Release.Number);

    public IEnumerable<WorkflowRelease> Ended => Releases.Select(x => x.Release).Where(x => x.State != ReleaseState.Live);

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct) => await FindAsync(definitionId, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostReturnAsync(string definitionId, int number, string? reason, CancellationToken ct)
    {
        var said = string.IsNullOrWhiteSpace(reason) ? Unsaid : reason.Trim();
        var answer = await run.ReturnAsync(caller, definitionId, number, said[..Math.Min(said.Length, LongestReason)], ct);
        if (!await FindAsync(definitionId, ct))
        {
            return NotFound();
        }

        switch (answer)
        {
            case DraftRefused { IsDenied: true }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case DraftRefused refused:
                Faults = [new Fault(null, refused.Message)];
                Response.StatusCode = refused.Code == "release-not-found" ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;
                return Page();
            default:
                TempData["Did"] = $"Release {number} is returned: new cases take what they took before. Cases that began on it go on.";
                return Redirect($"/designer/releases/{definitionId}");
        }
    }

    private async Task<bool> FindAsync(string definitionId, CancellationToken ct)
    {
        var rows = (await definitions.ListAsync(ct)).Where(row => row.Id == definitionId).ToList();
        MayAsk = (await drafts.ReachAsync(caller, ct)).MayDraft(definitionId);
        var draft = MayAsk ? await drafts.FindAsync(definitionId, caller, ct) : null;
        (DefinitionId, Name, HasDraft) = (definitionId, draft?.Name ?? rows.FirstOrDefault()?.Name ?? definitionId, draft is not null);
        Versions = [.. rows.Where(row => row.RetractedAt is null).Select(row => row.Version)];
        Releases = await releases.ListAsync(definitionId, ct);
        return rows.Count > 0 || draft is not null;
    }
}
