using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Agencies;

public sealed class NewModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    private static readonly string[] s_kinds = ["police", "prosecutor", "court", "defence"];

    [BindProperty]
    public string? Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Area { get; set; }

    public IReadOnlyList<Choice> Kinds => [.. s_kinds.Select(kind => new Choice(kind, Text[DirectoryWords.AgencyKind(kind)]))];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ReadAsync<DirectoryList<AgencyLine>>("agencies", ct) is null ? Refusal : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        (string FieldId, string Message)[] wrong =
        [
            .. string.IsNullOrWhiteSpace(Name) ? [("name", "Enter a name of at most 200 characters")] : Array.Empty<(string, string)>(),
            .. IsCode(Id) ? Array.Empty<(string, string)>() : [("id", "Enter a short name in small letters, digits and hyphens, like wirral-police")],
            .. s_kinds.Contains(Kind) ? Array.Empty<(string, string)>() : [("kind", "Choose what kind of agency it is")],
            .. string.IsNullOrWhiteSpace(Area) || IsCode(Area) ? Array.Empty<(string, string)>() : [("area", "Enter the area in small letters, digits and hyphens, or leave it empty")],
        ];
        foreach (var (fieldId, message) in wrong)
        {
            AddFault(fieldId, message);
        }

        if (wrong.Length > 0)
        {
            return Again(StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await SendAsync<AgencyLine>(HttpMethod.Post, "agencies",
            new { id = Id, kind = Kind, name = Name?.Trim(), area = string.IsNullOrWhiteSpace(Area) ? null : Area, reason = OneLine(Reason) }, ct);
        return answer.IsDone ? DoneAt("/access/agencies/" + answer.Value!.Id, "{0} is added. Appoint its first administrator next.", answer.Value.Name) : Refuse(answer);
    }

    private static bool IsCode(string? typed) => typed is { Length: > 0 and <= 63 } && typed.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && typed[0] != '-' && typed[^1] != '-';
}
