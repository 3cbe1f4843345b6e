using Assize.Host.Access;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Access.Agencies;

public sealed class AgencyModel(IdentityAdministration identity, IStringLocalizer<AdministrationText> text) : AdministrationPage(identity, text)
{
    public AgencyDetail Detail { get; private set; } = null!;

    public AgencyLine Agency => Detail.Agency;
    public string Address => "/access/agencies/" + Agency.Id;
    public bool IsPlatform => Agency.Kind == "platform";
    public int Administrators => Detail.Roles.FirstOrDefault(role => role.Role == "agency-admin")?.People ?? 0;
    public string Other => Agency.Status == "active" ? "suspended" : "active";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (await ReadAsync<AgencyDetail>("agencies/" + Segment(id), ct) is not { } detail)
        {
            return Refusal;
        }

        Detail = detail;
        return Page();
    }
}
