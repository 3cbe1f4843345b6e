using Assize.Host.Pages.Designer.Outline.Fields;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>The workflow's own name, description, variables, inputs, outputs and outcomes.</summary>
public sealed class WorkflowModel(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    public WorkflowForm Form { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct) => ShowEditorAsync(definitionId, () => Fill(null), ct);

    public async Task<IActionResult> OnPostAsync(string definitionId, string? revision, CancellationToken ct)
    {
        var sent = await Request.ReadFormAsync(ct);
        if (!await FindAsync(definitionId, ct) || !Fill(sent))
        {
            return NotFound();
        }

        return Form.Faults.Count > 0 && View.MayDraft
            ? Refuse(StatusCodes.Status422UnprocessableEntity, Form.Faults)
            : await ChangeAsync(revision, Form.ToEdit().To, View.Path, Words["The workflow is saved."], ct);
    }

    private bool Fill(IFormCollection? sent)
    {
        Form = new WorkflowForm(View.Definition, Words, sent);
        return true;
    }
}
