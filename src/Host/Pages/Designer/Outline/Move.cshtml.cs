using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Puts a step in another place of its workflow.</summary>
public sealed class MoveModel(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    public OutlineStep Step { get; private set; } = null!;
    public string? Place { get; private set; }
    internal OutlinePlaces Places { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(string definitionId, string stepId, CancellationToken ct) => ShowEditorAsync(definitionId, () => IsThere(stepId), ct);

    public async Task<IActionResult> OnPostAsync(string definitionId, string stepId, string? place, string? revision, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct) || !IsThere(stepId))
        {
            return NotFound();
        }

        Place = place;
        return Places.Find(place) is not { } where && View.MayDraft
            ? Refuse(StatusCodes.Status422UnprocessableEntity, [new Fault("place", Words["Choose where it stands"])])
            : await ChangeAsync(revision, definition => new MoveStep(stepId, Places.Find(place)!).In(definition, CaseActivities.Table.Catalog), View.StepPath(stepId), Words["The step stands elsewhere now."], ct);
    }

    private bool IsThere(string stepId)
    {
        if (View.Step(stepId) is not { } step)
        {
            return false;
        }

        (Step, Places) = (step, new OutlinePlaces(View, Words));
        return true;
    }
}
