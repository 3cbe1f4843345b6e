using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access;

public sealed class IndexModel(CaseDatabase database, IAccessEvaluator access, Caller caller) : PageModel
{
    private static readonly AccessSection[] s_sections =
    [
        new("Records",
        [
            new("Audit log", "Who did what, and when. Search it, download it, and prove that nothing was changed.", "/access/audit", AccessActions.ReadAudit),
            new("Personal data", "Ask for it to be erased, and decide on what others asked for.", "/access/erasures", AccessActions.DecideErasure),
        ]),
    ];

    public IReadOnlyList<AccessSection> Sections { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        List<AccessSection> sections = [];
        foreach (var section in s_sections)
        {
            List<AccessLink> links = [];
            foreach (var link in section.Links)
            {
                if ((await access.CheckAsync(db, caller, link.Action, AccessTarget.None, ct)).Allowed)
                {
                    links.Add(link);
                }
            }

            if (links.Count > 0)
            {
                sections.Add(section with { Links = links });
            }
        }

        Sections = sections;
    }
}

public sealed record AccessSection(string Title, IReadOnlyList<AccessLink> Links);

/// <param name="Action">Who may not do it does not see the link.</param>
public sealed record AccessLink(string Title, string About, string Href, string Action);
