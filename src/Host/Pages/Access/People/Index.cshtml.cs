using Assize.Host.Access;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.People;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    private static readonly string[] s_statuses = ["active", "pending", "suspended", "left"];

    [BindProperty(SupportsGet = true)]
    public PeopleSearch Filter { get; set; } = new();

    public DirectoryList<PersonLine> List { get; private set; } = new([]);
    public IReadOnlyList<Choice> Statuses => [new Choice("", Text["Any"]), .. s_statuses.Select(status => new Choice(status, Text[DirectoryWords.Status(status)]))];
    public IReadOnlyList<Choice> Roles { get; private set; } = [];
    public IReadOnlyList<Choice> Teams { get; private set; } = [];
    public string? Next => List.After is null ? null : "/access/people" + Filter.Query(List.After);

    public async Task<IActionResult> OnGetAsync(string? after, CancellationToken ct)
    {
        if (await ReadAsync<RoleCatalogue>("roles", ct) is not { } catalogue
            || await ReadAsync<DirectoryList<TeamLine>>("teams", ct) is not { } teams
            || await ReadAsync<DirectoryList<PersonLine>>("people" + Filter.Query(after), ct) is not { } list)
        {
            return Refusal;
        }

        List = list;
        Roles = [new Choice("", Text["Any"]), .. catalogue.Roles.Select(role => new Choice(role.Role, Text[role.Name])).OrderBy(choice => choice.Label)];
        Teams = [new Choice("", Text["Any"]), .. teams.Items.Select(team => new Choice(team.Id, team.Name))];
        return Page();
    }
}

/// <summary>What the list is narrowed to; as the identity server names it.</summary>
public sealed class PeopleSearch
{
    public string? Search { get; set; }
    public string? Status { get; set; }
    public string? Role { get; set; }
    public string? Team { get; set; }

    public bool IsEmpty => Query(null).Length == 0;

    public string Query(string? after) => QueryHelpers.AddQueryString("", new Dictionary<string, string?>
    {
        ["search"] = Search,
        ["status"] = Status,
        ["role"] = Role,
        ["team"] = Team,
        ["after"] = after,
    }.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToDictionary());
}
