using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;
using Assize.Host.Pages.Designer.Rules.Drafting;
using Assize.Host.Pages.Tasks;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Forms;
using Assize.Workflows.Rules;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>One version, or the draft, to be looked at; a form as whoever does the task sees it.</summary>
public sealed class VersionModel(RuleQueries rules, Caller caller, IStringLocalizer<PageText> words) : RulePages(rules, caller)
{
    private const string DraftName = "draft";

    // Nobody's: what the form asks for each offence has to be asked of some.
    private static readonly TaskOffence[] s_offences =
    [
        new(1, "TH68010", "Theft from a shop", 1, "Robin Tarn", "1.1"),
        new(2, "CJ88116", "Common assault", 1, "Robin Tarn", "1.2"),
    ];

    public string Version { get; private set; } = "";
    public string Caption { get; private set; } = "";
    public IReadOnlyList<PartListing> Listings { get; private set; } = [];
    public IReadOnlyList<string> Outcomes { get; private set; } = [];
    public string Outcome { get; private set; } = "";
    public string Language { get; private set; } = "en";

    /// <summary>Null where it is no form, or one that cannot be shown yet.</summary>
    public IHtmlContent? Preview { get; private set; }

    public bool IsDraft => Version == DraftName;

    public async Task<IActionResult> OnGetAsync(string kind, string id, string version, int? after, string? outcome, [FromQuery(Name = "form-language")] string? language, CancellationToken ct)
    {
        if (!await NamesAsync(kind, id, ct) || await FileAsync(version, ct) is not { } file)
        {
            return NotFound();
        }

        (Body, Version) = (file, version);
        Title = RuleJson.Text(file, "title.en") ?? Title;
        Caption = IsDraft ? words["The draft of version {0}", Draft!.Version] : version == "0" ? words["As it came with the software"] : words["Version {0}", version];
        Listings = [.. Shape.Parts.Select(part => PartListing.Of(part, file, file, null, after))];
        if (kind == RuleName.Form)
        {
            Show(outcome, language);
        }

        return Page();
    }

    private void Show(string? outcome, string? language)
    {
        Form form;
        try
        {
            form = Form.Read(Assize.Workflows.Rules.Editing.RuleText.Store(Rule, Body, 1));
        }
        catch (RuleFileUnreadable)
        {
            // The page of the draft says what is wrong with it.
            return;
        }

        Outcomes = [.. form.Questions.SelectMany(question => question.When?.Outcome ?? []).Distinct()];
        Outcome = outcome is not null && Outcomes.Contains(outcome) ? outcome : Outcomes is [var first, ..] ? first : "";
        Language = language == "cy" ? "cy" : "en";
        Preview = new FormFields(form, Outcome, s_offences, [], []) { Language = Language }.Render();
    }

    private async Task<JsonObject?> FileAsync(string version, CancellationToken ct) =>
        version == DraftName ? Draft is null ? null : RuleJson.Read(Draft.Text)
        : version == "0" ? Rule.Kind == RuleName.List && (await Queries.VersionsAsync(Rule, ct)).Count == 0 ? await Queries.NewestAsync(Rule, ct) : null
        : int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await Queries.TextAsync(Rule, number, ct) is { } text ? RuleJson.Read(text)
        : null;
}
