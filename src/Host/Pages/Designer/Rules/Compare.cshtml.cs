using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>What is different between any two versions, or a version and the draft, in words.</summary>
public sealed class CompareModel(RuleQueries rules, Caller caller, IStringLocalizer<PageText> words) : RulePages(rules, caller)
{
    private const string DraftName = "draft";

    public IReadOnlyList<Choice> Choices { get; private set; } = [];
    public string? From { get; private set; }
    public string? To { get; private set; }
    public IReadOnlyList<string> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string kind, string id, string? from, string? to, CancellationToken ct)
    {
        if (!await NamesAsync(kind, id, ct))
        {
            return NotFound();
        }

        var versions = await Queries.VersionsAsync(Rule, ct);
        // A code list that came with the software is what its first version changes.
        var shipped = versions.Count == 0 ? await Queries.NewestAsync(Rule, ct) : null;
        Choices =
        [
            .. Draft is null ? [] : (Choice[])[new Choice(DraftName, words["The draft of version {0}", Draft.Version])],
            .. versions.Select(row => new Choice(Text(row.Version), words["Version {0}", row.Version])),
            .. shipped is null ? [] : (Choice[])[new Choice("0", words["As it came with the software"])],
        ];
        if (Choices.Count == 0)
        {
            return NotFound();
        }

        (To, From) = (to ?? Choices[0].Value, from ?? Choices.ElementAtOrDefault(1)?.Value ?? Choices[0].Value);
        if (FileOf(From) is not { } older || FileOf(To) is not { } newer)
        {
            return NotFound();
        }

        Title = RuleJson.Text(newer, "title.en") ?? Title;
        Changes = RuleDiff.Between(kind, older, newer);
        return Page();

        JsonObject? FileOf(string name) => name == DraftName ? Draft is null ? null : RuleJson.Read(Draft.Text)
            : name == "0" ? shipped
            : versions.FirstOrDefault(row => Text(row.Version) == name)?.File;
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
