using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Where one outcome of a step leads.</summary>
public sealed class LeadModel(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    public OutlineStep Step { get; private set; } = null!;
    public string Port { get; private set; } = "";
    public string? From { get; private set; }
    public string? To { get; private set; }
    public IReadOnlyList<Choice> Targets { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string definitionId, string stepId, string? port, string? from, CancellationToken ct)
    {
        To = from;
        return ShowEditorAsync(definitionId, () => IsThere(stepId, port, from), ct);
    }

    public async Task<IActionResult> OnPostAsync(string definitionId, string stepId, LedStep led, string? revision, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct) || !IsThere(stepId, led.Port, led.From))
        {
            return NotFound();
        }

        To = led.To;
        return await ChangeAsync(revision, definition => new LeadStep(stepId, Port, From, string.IsNullOrEmpty(To) ? null : To).In(definition), View.StepPath(stepId), Words["It now leads where you said."], ct);
    }

    private bool IsThere(string stepId, string? port, string? from)
    {
        if (View.Step(stepId) is not { Holder.Type: "Elsa.Flowchart" } step || step.Ports.All(known => known.Name != port))
        {
            return false;
        }

        (Step, Port, From) = (step, port!, string.IsNullOrEmpty(from) ? null : from);
        var listing = new OutlineListing(View, View.Outline.Whole);
        Targets = [.. View.Outline.Steps.Where(other => other.Holder?.Id == step.Holder.Id).Select(other => new Choice(other.Node.Id, listing.NameOf(other.Node.Id)))];
        return true;
    }
}

/// <summary>What the form of an outcome says.</summary>
public sealed record LedStep(string? Port, string? From, string? To);
