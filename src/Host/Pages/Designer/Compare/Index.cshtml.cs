using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Compare;

/// <summary>What is different between two versions of a workflow, or a version and the draft: drawn, and in words.</summary>
public sealed class IndexModel(DefinitionQueries definitions, DraftQueries drafts, Caller caller, IStringLocalizer<PageText> words) : PageModel
{
    private const string DraftName = "draft";

    public string DefinitionId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public IReadOnlyList<Choice> Choices { get; private set; } = [];
    public string? From { get; private set; }
    public string? To { get; private set; }
    public IReadOnlyList<DefinitionChange> Changes { get; private set; } = [];
    public ChangesPicture? Picture { get; private set; }

    public async Task<IActionResult> OnGetAsync(string definitionId, string? from, string? to, CancellationToken ct)
    {
        var versions = (await definitions.ListAsync(ct)).Where(row => row.Id == definitionId).OrderByDescending(row => row.Version).ToList();
        var draft = await drafts.FindAsync(definitionId, caller, ct);
        if (versions.Count == 0 && draft is null)
        {
            return NotFound();
        }

        (DefinitionId, Name) = (definitionId, draft?.Name ?? versions[0].Name ?? definitionId);
        Choices = [.. draft is null ? [] : (Choice[])[new Choice(DraftName, words["The draft of version {0}", draft.Version])], .. versions.Select(row => new Choice(Text(row.Version), words["Version {0}", row.Version]))];
        // Unless somebody chooses, the newest is held against the one before it.
        To = to ?? Choices[0].Value;
        From = from ?? Choices.ElementAtOrDefault(1)?.Value ?? To;
        if (await ReadAsync(From, draft?.Text, ct) is not { } older || await ReadAsync(To, draft?.Text, ct) is not { } newer)
        {
            return NotFound();
        }

        Changes = DefinitionDiff.Between(older, newer, CaseActivities.Table.Catalog);
        Picture = new ChangesPicture(older, newer, Changes);
        return Page();
    }

    private async Task<WorkflowDefinition?> ReadAsync(string version, string? draft, CancellationToken ct) =>
        version == DraftName ? draft is null ? null : DefinitionReader.Read(draft)
        : int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (await definitions.FindAsync(DefinitionId, number, ct))?.Definition
        : null;

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
