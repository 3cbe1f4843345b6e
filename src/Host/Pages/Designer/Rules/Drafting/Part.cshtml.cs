using System.Globalization;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Assize.Workflows.Verifying;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Designer.Rules.Drafting;

/// <summary>One rule, column, question, choice, day or code of a draft, or a new one.</summary>
public sealed class PartModel(RuleQueries rules, RuleRun run, RuleChecking checking, Caller caller) : RulePages(rules, caller)
{
    private Dictionary<string, string> _said = [];

    public RulePlace Place { get; private set; } = null!;
    public IReadOnlyList<RuleField> Fields { get; private set; } = [];
    public PartListing? Inner { get; private set; }

    /// <summary>After a refusal that of the page that was refused, so that sending it again is refused again.</summary>
    public int? Revision { get; private set; }

    public string Heading => Place.Entry is { } entry && Place.Part.NameOf(entry) is { Length: > 0 } name ? name : Phrases.Of(Place.Index is null ? Place.Part.Adding : $"The {Place.Part.Noun}");

    public string Back => Place.Above is { } above ? $"{Path}/draft/{above}" : $"{Path}/draft#{Place.Part.Member}";

    public string SaidOf(RuleField field) => _said.TryGetValue(field.Member, out var said) ? said : Place.Entry is { } entry ? FieldText.Read(field, entry) : field.Kind == RuleFieldKind.Flag && field.Default ? "true" : field.Kind == RuleFieldKind.Flag ? "false" : "";

    // Fields of an entry may be called like parts of the address, so those are asked for by name.
    public async Task<IActionResult> OnGetAsync([FromRoute] string kind, [FromRoute] string id, [FromRoute] string path, CancellationToken ct) => await FindAsync(kind, id, path, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync([FromRoute] string kind, [FromRoute] string id, [FromRoute] string path, int? revision, CancellationToken ct)
    {
        if (await FindAsync(kind, id, path, ct) is { } refused)
        {
            return refused;
        }

        (_said, Revision) = (FieldInput.Read(Fields, Request.Form), revision);
        var changed = RuleEdit.Fill(Shape, Body, path, _said);
        var hasList = changed is not null && _said.GetValueOrDefault("optionsFrom") is { Length: > 0 } list && await TakeChoicesAsync(changed, path, list, ct);
        var choices = Place.Part.Inner is not null && _said.GetValueOrDefault("type") is "radios" or "checkboxes" or "select" or "results";
        // Whoever made a question with choices goes on with the choices.
        var target = Place.Index is null && choices && !hasList ? $"{Path}/draft/{Place.ListPath}/{(Place.List?.Count ?? 0).ToString(CultureInfo.InvariantCulture)}" : Back;
        return await KeepAsync(run, changed, revision, Phrases.Of("It is kept."), target, ct);
    }

    public async Task<IActionResult> OnPostArrangeAsync([FromRoute] string kind, [FromRoute] string id, [FromRoute] string path, int? revision, string? up, string? remove, CancellationToken ct)
    {
        if (await FindAsync(kind, id, path, ct) is { } refused)
        {
            return refused;
        }

        var changed = up is not null ? RuleEdit.Move(Shape, Body, up, -1) : RuleEdit.Remove(Shape, Body, remove ?? "");
        return await KeepAsync(run, changed, revision, Phrases.Of(up is not null ? "It is moved." : "It is taken out."), $"{Path}/draft/{Place.Path}", ct);
    }

    // The codes in effect on the first legal day are copied, so that a version of the form always asks the same.
    private async Task<bool> TakeChoicesAsync(System.Text.Json.Nodes.JsonObject changed, string path, string list, CancellationToken ct)
    {
        DateOnly? day = DateOnly.TryParseExact(RuleJson.Text(changed, "effectiveFrom"), "yyyy-MM-dd", out var from) ? from : null;
        var lists = await Queries.ListsAsync(day, ct);
        var entries = (System.Text.Json.Nodes.JsonArray)changed[Place.Part.Member]!;
        var options = lists.Has(list) ? FormLists.Options(lists, list, day ?? London.Day(TimeProvider.System.GetUtcNow())) : [];
        if (options.Count is 0 or > FormLists.MostChoices)
        {
            return false;
        }

        ((System.Text.Json.Nodes.JsonObject)entries[Place.Index ?? (entries.Count - 1)]!)["options"] = options;
        return true;
    }

    private async Task<IActionResult?> FindAsync(string kind, string id, string path, CancellationToken ct)
    {
        if (await OpenAsync(checking, kind, id, ct) is { } refused)
        {
            return refused;
        }

        if (RulePlace.Find(Shape, Body, path) is not { } place)
        {
            return NotFound();
        }

        (Place, Fields, Revision) = (place, place.Part.FieldsIn(Body), Draft!.Revision);
        Inner = place.Part.Inner is { } inner && place.Entry is { } entry ? PartListing.Of(inner, entry, Body, null, null) : null;
        return null;
    }
}
