using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Rehearsals;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer;

/// <summary>The versions of a workflow, what each changed, and the ways back.</summary>
public sealed class VersionsModel(DefinitionQueries definitions, DraftQueries drafts, DraftRun run, Caller caller) : PageModel
{
    public string DefinitionId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public bool MayDraft { get; private set; }
    public WorkflowDraft? Draft { get; private set; }
    public DraftCopy? Copy { get; private set; }
    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct) =>
        await FindAsync(definitionId, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCopyAsync(string definitionId, CancellationToken ct) =>
        await drafts.CopyAsync(definitionId, caller.Subject, ct) is { } copy
            ? File(System.Text.Encoding.UTF8.GetBytes(copy.Text), "application/json", $"{definitionId}-copy.json")
            : NotFound();

    /// <param name="version">None for the draft, and where there is none the newest.</param>
    public async Task<IActionResult> OnGetFileAsync(string definitionId, int? version, CancellationToken ct) =>
        await drafts.ExportAsync(definitionId, version?.ToString(CultureInfo.InvariantCulture), caller, ct) is var (text, found)
            ? File(System.Text.Encoding.UTF8.GetBytes(text), "application/json", string.Create(CultureInfo.InvariantCulture, $"{definitionId}-{found}.json"))
            : NotFound();

    public Task<IActionResult> OnPostRetractAsync(string definitionId, CancellationToken ct) =>
        DoAsync(definitionId, () => run.RetractAsync(caller, definitionId, ct), ct);

    public Task<IActionResult> OnPostRevertAsync(string definitionId, int version, CancellationToken ct) =>
        DoAsync(definitionId, () => run.RevertAsync(caller, definitionId, version, ct), ct);

    /// <param name="version">None for the draft.</param>
    public async Task<IActionResult> OnPostRehearseAsync(string definitionId, int? version, [FromServices] RehearsalRun rehearsal, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct) || await TextAsync(version, ct) is not { } text)
        {
            return NotFound();
        }

        return await rehearsal.BeginAsync(caller, text, ct) switch
        {
            { Id: { } begun } => Redirect($"/designer/rehearsals/{begun}"),
            { Code: AccessCodes.RoleMissing } => StatusCode(StatusCodes.Status403Forbidden),
            { Message: var message } => Refuse(message!),
        };
    }

    // A draft may be broken, and then there is nothing to rehearse.
    private async Task<WorkflowDefinition?> TextAsync(int? version, CancellationToken ct) => version is { } number
        ? (await definitions.FindAsync(DefinitionId, number, ct))?.Definition
        : Draft is null ? null : DefinitionReader.Read(Draft.Text);

    private async Task<IActionResult> DoAsync(string definitionId, Func<Task<DraftAnswer>> command, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct))
        {
            return NotFound();
        }

        switch (await command())
        {
            case DraftRefused { IsDenied: true }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case DraftRefused refused:
                return Refuse(refused.Message);
            case VersionRetracted retracted:
                TempData["Did"] = Phrases.Of("Version {0} is retracted: new cases take version {1}. Cases that run on it go on.", retracted.Version, retracted.Now);
                return Redirect($"/designer/versions/{definitionId}");
            default:
                TempData["Did"] = Phrases.Of("The draft now says what that version says.");
                return Redirect($"/designer/versions/{definitionId}");
        }
    }

    private PageResult Refuse(string message)
    {
        Faults = [new Fault(null, message)];
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> FindAsync(string definitionId, CancellationToken ct)
    {
        var rows = (await definitions.ListAsync(ct)).Where(row => row.Id == definitionId).ToList();
        MayDraft = (await drafts.ReachAsync(caller, ct)).MayDraft(definitionId);
        Draft = MayDraft ? await drafts.FindAsync(definitionId, caller, ct) : null;
        Copy = await drafts.CopyAsync(definitionId, caller.Subject, ct);

        (DefinitionId, Name) = (definitionId, Draft?.Name ?? rows.FirstOrDefault()?.Name ?? definitionId);
        Versions = [.. await LinesAsync(rows, ct)];
        return rows.Count > 0 || Draft is not null || Copy is not null;
    }

    private async Task<IReadOnlyList<VersionLine>> LinesAsync(List<PublishedVersion> rows, CancellationToken ct)
    {
        List<VersionLine> lines = [];
        var approved = await drafts.ApprovedAsync(DefinitionId, ct);
        WorkflowDefinition? before = null;
        foreach (var row in rows.OrderBy(row => row.Version))
        {
            var drawn = (await definitions.FindAsync(row.Id, row.Version, ct))!.Definition;
            lines.Add(new VersionLine(row, before is null ? [] : DefinitionDiff.Between(before, drawn, CaseActivities.Table.Catalog))
            {
                Approved = approved.GetValueOrDefault(row.Version),
            });
            before = drawn;
        }

        lines.Reverse();
        return lines;
    }
}

/// <param name="Changes">From the version before; empty for the first.</param>
public sealed record VersionLine(PublishedVersion Version, IReadOnlyList<DefinitionChange> Changes)
{
    /// <summary>Who asked for it and who approved it; null where it came with the software.</summary>
    public PublicationRequest? Approved { get; init; }
}
