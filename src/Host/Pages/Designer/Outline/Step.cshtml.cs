using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Outline.Fields;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>One step: what it says, what it is given, where its outcomes lead.</summary>
public sealed class StepModel(OutlineDrafts drafts, DefinitionQueries definitions, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    public OutlineStep Step { get; private set; } = null!;
    internal StepForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string definitionId, string stepId, CancellationToken ct) =>
        await FindStepAsync(definitionId, stepId, null, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string definitionId, string stepId, string? revision, CancellationToken ct)
    {
        var sent = await Request.ReadFormAsync(ct);
        if (!await FindStepAsync(definitionId, stepId, sent, ct))
        {
            return NotFound();
        }

        return Form.Faults.Count > 0 && View.MayDraft
            ? Refuse(StatusCodes.Status422UnprocessableEntity, Form.Faults)
            : await ChangeAsync(revision, definition => Form.ToEdit().To(definition, stepId, CaseActivities.Table.Catalog), View.StepPath(stepId), Words["The step is saved."], ct);
    }

    private async Task<bool> FindStepAsync(string definitionId, string stepId, IFormCollection? sent, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct) || View.Step(stepId) is not { } step)
        {
            return false;
        }

        var workflows = (await definitions.ListAsync(ct)).DistinctBy(row => row.Id).Select(row => new Choice(row.Id, row.Name ?? row.Id));
        Step = step;
        Form = new StepForm(step, new InputChoices(View.Definition, stepId, [.. workflows]), Words, sent);
        return true;
    }
}
