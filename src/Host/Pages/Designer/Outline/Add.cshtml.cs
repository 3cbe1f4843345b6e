using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>Adds a step: of what kind, called what, and where.</summary>
public sealed class AddModel(OutlineDrafts drafts, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    /// <summary>The new step's id, so that a form that is sent twice adds one step.</summary>
    public string NewId { get; private set; } = Guid.NewGuid().ToString("n")[..16];
    public string? Type { get; private set; }
    public string Titled { get; private set; } = "";
    public string? Place { get; private set; }
    internal OutlinePlaces Places { get; private set; } = null!;

    public static IEnumerable<IGrouping<string, ActivityDescriptor>> Kinds =>
        CaseActivities.Table.Catalog.All.Where(descriptor => descriptor.IsBrowsable).OrderBy(descriptor => descriptor.DisplayName, StringComparer.Ordinal)
            .GroupBy(descriptor => descriptor.Category).OrderBy(group => group.Key.StartsWith("Assize", StringComparison.Ordinal) ? 0 : 1).ThenBy(group => group.Key, StringComparer.Ordinal);

    public Task<IActionResult> OnGetAsync(string definitionId, string? place, CancellationToken ct)
    {
        Place = place;
        return ShowEditorAsync(definitionId, IsThere, ct);
    }

    public async Task<IActionResult> OnPostAsync(string definitionId, AddedStep added, string? revision, CancellationToken ct)
    {
        (Type, Titled, Place) = (added.Type, added.Title?.Trim() ?? "", added.Place);
        if (!await FindAsync(definitionId, ct) || !IsThere())
        {
            return NotFound();
        }

        NewId = added.NewId is { Length: 16 } id && id.All(char.IsAsciiLetterOrDigit) ? id : NewId;
        List<Fault> faults = [];
        if (CaseActivities.Table.Catalog.Find(Type ?? "") is not { IsBrowsable: true })
        {
            faults.Add(new Fault("type", Words["Choose what kind of step it is"]));
        }

        if (Titled.Length > 200)
        {
            faults.Add(new Fault("title", Words["Enter a title, at most 200 characters"]));
        }

        if (Places.Find(Place) is not { } where)
        {
            faults.Add(new Fault("place", Words["Choose where it stands"]));
            where = new WithinStep("", "");
        }

        return faults.Count > 0 && View.MayDraft
            ? Refuse(StatusCodes.Status422UnprocessableEntity, faults)
            : await ChangeAsync(revision, definition => new AddStep(NewId, Type!, Titled, where).To(definition, CaseActivities.Table.Catalog), View.StepPath(NewId), Words["The step is added. Fill in what it says."], ct);
    }

    private bool IsThere()
    {
        Places = new OutlinePlaces(View, Words);
        return true;
    }
}

/// <summary>What the form of a new step says.</summary>
public sealed record AddedStep(string? NewId, string? Type, string? Title, string? Place);
