using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Takes a step away, and says first what becomes of the connections around it.</summary>
public sealed class RemoveModel(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    public OutlineStep Step { get; private set; } = null!;
    public string? OnTo { get; private set; }

    /// <summary>Where what leads here can lead instead.</summary>
    public IReadOnlyList<Choice> Ways { get; private set; } = [];
    public int Within => Step.Node.SelfAndBelow().Count() - 1;

    public Task<IActionResult> OnGetAsync(string definitionId, string stepId, CancellationToken ct) => ShowEditorAsync(definitionId, () => IsThere(stepId), ct);

    public async Task<IActionResult> OnPostAsync(string definitionId, string stepId, string? onTo, string? revision, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct) || !IsThere(stepId))
        {
            return NotFound();
        }

        OnTo = onTo;
        return await ChangeAsync(revision, definition => new RemoveStep(stepId, string.IsNullOrEmpty(onTo) ? null : onTo).From(definition), View.Path, Words["“{0}” is removed.", Step.Node.DisplayText], ct);
    }

    private bool IsThere(string stepId)
    {
        if (View.Step(stepId) is not { } step)
        {
            return false;
        }

        Step = step;
        var listing = new OutlineListing(View, View.Outline.Whole);
        var targets = step.Ports.SelectMany(port => port.Leads).Select(arrow => arrow.Target).Where(target => target != stepId).Distinct().ToList();
        Ways = step.From.IsEmpty ? [] : [.. targets.Select(target => new Choice(target, Words["They lead to {0}", listing.NameOf(target)])), new Choice("", Words["They lead nowhere"])];
        OnTo = targets.FirstOrDefault() ?? "";
        return true;
    }
}
