using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Access;

public sealed class IndexModel(CaseDatabase database, IAccessEvaluator access, Caller caller) : PageModel
{
    private static readonly AccessSection[] s_sections =
    [
        new("Cases and who sees them",
        [
            new("Why can somebody see a case?", "Ask about a person and a case, now or on a day that is past, or about everything that somebody holds.", "/access/why", AccessActions.ExplainAccess),
            new("Access across agencies", "Ask for access to another agency’s case, sponsor, consent, shorten and end.", "/access/requests", AccessActions.RequestCross),
            new("Seals and classifications to confirm", "What a colleague proposed about a case that you may look after.", "/access/proposals", AccessActions.ProtectCase),
            new("Conflicts of interest", "Declare your own. Administrators see and lift those of their people.", "/access/exclusions", AccessActions.DeclareExclusion),
            new("Access that people took themselves", "Review what was claimed outside an area or in an emergency.", "/access/reviews", AccessActions.ReviewAccess),
            new("Reviews that are overdue", "Access that people took themselves and that nobody reviewed in time, and who is to review it.", "/access/reviews/overdue", AccessActions.SeeOverdueReviews),
            new("A life is at risk", "Take access to a case in an emergency.", "/access/emergency", AccessActions.ClaimEmergency),
        ]),
        new("Your agency",
        [
            new("People", "Find somebody, see what they may do, suspend an account or record that somebody has left.", "/access/people", AccessActions.AdministerPeople),
            new("Roles to review", "Confirm roles that are still needed, and end those that are not, before they fall asleep.", "/access/due", AccessActions.AdministerPeople),
            new("Requests for administrators’ roles", "Decide what another administrator asked for.", "/access/role-requests", AccessActions.AdministerPeople),
            new("Teams", "Add teams, and who is in them.", "/access/teams", AccessActions.AdministerPeople),
            new("Sessions", "See who is signed in, from where, and end what should not be.", "/access/sessions", AccessActions.AdministerPeople),
            new("Personal data of leavers", "Decide whether who someone was is erased, once they have left.", "/access/leavers", AccessActions.AdministerPeople),
            new("Provisioning", "How your own directory tells of joiners, movers and leavers, and which of its groups give which roles.", "/access/provisioning", AccessActions.AdministerPeople),
            new("Systems", "Which of your agency’s systems send and fetch by the API, and by which keys they prove who they are.", "/access/systems", AccessActions.AdministerSystems),
        ]),
        new("Agencies",
        [
            new("Agencies", "Add agencies, suspend them, and appoint their first administrators.", "/access/agencies", AccessActions.AdministerAgencies),
            new("Enrolments", "How agencies connect their own sign-in: checks, proof, a test sign-in, and two people’s decision.", "/access/enrolments", AccessActions.AdministerAgencies),
            new("Drafting rights", "Who may draft, approve and release workflows and rules: for the national baseline, for an area or for an agency.", "/access/drafting", AccessActions.AdministerDrafting),
            new("Other agencies’ people", "How many of them hold which role. Nobody is named.", "/access/others", AccessActions.CountPeople),
        ]),
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
                if ((await access.CheckAsync(db, caller, link.Action, ActionTable.Door(link.Action), ct)).Allowed)
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
