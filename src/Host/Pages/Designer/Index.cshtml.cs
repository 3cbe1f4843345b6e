using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer;

public sealed class IndexModel(DefinitionQueries definitions, DraftQueries drafts, ReleaseQueries releases, DraftRun run, Caller caller) : PageModel
{
    public IReadOnlyList<WorkflowLine> Workflows { get; private set; } = [];
    public IReadOnlyList<WorkflowRelease> Stopped { get; private set; } = [];
    public int Waiting { get; private set; }
    public bool MayDraft { get; private set; }
    public string? Name { get; private set; }
    public string? NameError { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    /// <summary>Begins a workflow: an empty drawing with a start, to be opened in the designer or in the outline.</summary>
    public async Task<IActionResult> OnPostAsync(string? name, [FromForm(Name = "in")] string? editor, CancellationToken ct)
    {
        Name = name?.Trim();
        NameError = Name is null or "" or { Length: > 100 } ? "Enter a name, at most 100 characters"
            : await drafts.IsNameFreeAsync(Name, null, ct) ? null : "Another workflow has this name. Enter another";
        if (NameError is null)
        {
            var id = await drafts.NewIdAsync(Name!, ct);
            if (await run.BeginAsync(caller, id, Name!, ct) is not DraftRefused refused)
            {
                return Redirect(editor == "outline" ? $"/designer/outline/{id}" : $"/designer/workflows/{id}");
            }

            NameError = refused.Message;
        }

        Faults = [new Fault("name", NameError)];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(ct);
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        MayDraft = ActionTable.RolesFor(AccessActions.DraftDefinition).Any(caller.HasRole);
        var published = (await definitions.ListAsync(ct)).GroupBy(row => row.Id).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Version)!);
        var drafted = MayDraft ? (await drafts.ListAsync(ct)).ToDictionary(draft => draft.DefinitionId) : [];
        Workflows = [.. published.Keys.Union(drafted.Keys).Order(StringComparer.Ordinal)
            .Select(id => new WorkflowLine(id, published.GetValueOrDefault(id), drafted.GetValueOrDefault(id)))];
        Stopped = MayDraft ? await releases.StoppedAsync(ct) : [];
        Waiting = MayDraft ? (await drafts.RequestsAsync(ct)).Count(request => request.State == PublicationState.Waiting) : 0;
    }
}

public sealed record WorkflowLine(string Id, PublishedVersion? Published, DraftItem? Draft)
{
    public string Name => Draft?.Name ?? Published?.Name ?? Id;
}
