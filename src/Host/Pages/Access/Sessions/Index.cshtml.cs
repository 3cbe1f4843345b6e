using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Sessions;

public sealed class IndexModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text, AccessSettings settings) : AdministrationPage(identity, text)
{
    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    /// <summary>Also those that ended.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    public DirectoryList<SessionEntry> List { get; private set; } = new([]);
    public string? Person { get; private set; }
    public Uri Own => new(settings.IdentityUrl, "/sessions");
    public string? Next => List.After is null ? null : "/access/sessions" + Query(List.After);

    public async Task<IActionResult> OnGetAsync(string? after, CancellationToken ct)
    {
        if (Subject is not null)
        {
            if (await ReadAsync<PersonDetail>("people/" + Segment(Subject), ct) is not { } detail)
            {
                return Refusal;
            }

            Person = detail.Person.Name;
        }

        if (await ReadAsync<DirectoryList<SessionEntry>>("sessions" + Query(after) + (All ? "" : Query(after).Length == 0 ? "?live=true" : "&live=true"), ct) is not { } list)
        {
            return Refusal;
        }

        List = list;
        return Page();
    }

    public string Query(string? after) => QueryHelpers.AddQueryString("", new Dictionary<string, string?>
    {
        ["subject"] = Subject,
        ["all"] = All ? "true" : null,
        ["after"] = after,
    }.Where(pair => pair.Value is not null).ToDictionary());
}
