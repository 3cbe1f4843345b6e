using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer;

public sealed class IndexModel(DefinitionQueries definitions, DraftQueries drafts, ReleaseQueries releases, DraftRun run, Caller caller) : PageModel
{
    public IReadOnlyList<WorkflowLine> Workflows { get; private set; } = [];
    /// <summary>Of workflows that have neither a version nor a draft, so that nothing else leads to it.</summary>
    public IReadOnlyList<string> Copies { get; private set; } = [];
    public IReadOnlyList<WorkflowRelease> Stopped { get; private set; } = [];
    public int Waiting { get; private set; }
    /// <summary>What whoever looks may draft; nothing for those who only look.</summary>
    public DraftingReach Reach { get; private set; } = DraftingReach.Nothing;
    public bool IsProcessOwner => ActionTable.RolesFor(AccessActions.DraftDefinition).Any(caller.HasRole);
    public bool MayDraft => Reach.IsAny;
    public string? Owner { get; private set; }
    public string? OwnerError { get; private set; }
    public string? Name { get; private set; }
    public string? NameError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    /// <summary>Begins a workflow: an empty drawing with a start, to be opened in the designer or in the outline.</summary>
    public async Task<IActionResult> OnPostAsync(string? name, string? owner, [FromForm(Name = "in")] string? editor, CancellationToken ct)
    {
        (Name, Owner) = (name?.Trim(), owner);
        NameError = Name is null or "" or { Length: > 100 } ? "Enter a name, at most 100 characters"
            : await drafts.IsNameFreeAsync(Name, null, ct) ? null : "Another workflow has this name. Enter another";
        OwnerError = string.IsNullOrEmpty(owner) || DefinitionOwner.Parse(owner) is not null ? null : "Choose to whom it belongs";
        if (NameError is null && OwnerError is null)
        {
            var id = await drafts.NewIdAsync(Name!, ct);
            switch (await run.BeginAsync(caller, id, Name!, DefinitionOwner.Parse(owner), ct))
            {
                case DraftRefused { IsDenied: true }:
                    return StatusCode(StatusCodes.Status403Forbidden);
                case DraftRefused refused:
                    NameError = refused.Message;
                    break;
                default:
                    return Redirect(editor == "outline" ? $"/designer/outline/{id}" : $"/designer/workflows/{id}");
            }
        }

        Faults = [.. NameError is null ? [] : (Fault[])[new Fault("name", NameError)], .. OwnerError is null ? [] : (Fault[])[new Fault("owner", OwnerError)]];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(ct);
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Reach = await drafts.ReachAsync(caller, ct);
        var published = (await definitions.ListAsync(ct)).Where(row => row.RetractedAt is null).GroupBy(row => row.Id).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Version)!);
        var drafted = MayDraft ? (await drafts.ListAsync(caller, ct)).ToDictionary(draft => draft.DefinitionId) : [];
        Workflows = [.. published.Keys.Union(drafted.Keys).Order(StringComparer.Ordinal)
            .Select(id => new WorkflowLine(id, published.GetValueOrDefault(id), drafted.GetValueOrDefault(id), Reach.OwnerOf(id)))];
        Copies = MayDraft ? [.. (await drafts.CopiedAsync(caller.Subject, ct)).Except(Workflows.Select(line => line.Id))] : [];
        Stopped = MayDraft ? await releases.StoppedAsync(ct) : [];
        Waiting = MayDraft ? (await drafts.RequestsAsync(caller, ct)).Count(request => request.State == PublicationState.Waiting) : 0;
    }
}

public sealed record WorkflowLine(string Id, PublishedVersion? Published, DraftItem? Draft, DefinitionOwner Owner)
{
    public string Name => Draft?.Name ?? Published?.Name ?? Id;
}
