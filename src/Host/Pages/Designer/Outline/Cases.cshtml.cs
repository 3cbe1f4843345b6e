using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Practice;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>The cases that run on a workflow, of the newest that whoever looks may see, each with the way to where it stands.</summary>
public sealed class CasesModel(OutlineDrafts drafts, InstanceQueries instances, Caller caller, IStringLocalizer<PageText> words) : OutlinePage(drafts, caller, words)
{
    private const int Most = 50;
    private readonly Caller _caller = caller;

    public IReadOnlyList<InstanceLine> Lines { get; private set; } = [];
    public string Term { get; private set; } = "";

    /// <param name="find">A reference; all of the newest cases if empty.</param>
    public async Task<IActionResult> OnGetAsync(string definitionId, string? find, CancellationToken ct)
    {
        if (!await FindAsync(definitionId, ct))
        {
            return NotFound();
        }

        Term = find?.Trim() ?? "";
        Lines = [.. (await instances.ListAsync(_caller, Term, ct))
            .Where(line => (PracticeCase.Behind(line.DefinitionId)?.DefinitionId ?? line.DefinitionId) == definitionId)
            .OrderByDescending(line => line.UpdatedAt).ThenBy(line => line.Id, StringComparer.Ordinal).Take(Most)];
        return Page();
    }

    public static string PathOf(InstanceLine line) => line.Unit switch
    {
        UnitKind.Practice => $"/designer/practice/{line.UnitId}",
        UnitKind.Submission => $"/submissions/{line.UnitId}",
        _ => $"/cases/{Uri.EscapeDataString(line.Reference)}/process",
    };

    public string StateOf(InstanceLine line) => line.Incidents > 0 ? Words["Went wrong"] : line.Running ? Words["Running"] : Words["Ended"];
}
