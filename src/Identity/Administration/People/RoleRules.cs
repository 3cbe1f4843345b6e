using System.Text.Json;
using Assize.Identity.Directory;

namespace Assize.Identity.Administration.People;

/// <summary>What an admin may give: a role of the catalogue that fits the agency, within its scope, no higher than their own (A3); equal admins only with a second admin (A2).</summary>
internal static class RoleRules
{
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The role as it would stand in the directory, or why it cannot be given.</summary>
    public static (HomeRole? Role, Outcome? Refusal) Check(AdminWork work, Account person, RoleDefinition? definition, RoleGift gift, string field)
    {
        if (Shape(gift, work.Now) is { } wrong)
        {
            return (null, Outcome.Invalid($"{field}.{wrong.Member}", wrong.Why));
        }
        string most = gift.MaxClassification ?? definition?.MaxClassification ?? Classification.Private;
        Outcome? refusal = definition is null ? Outcome.Invalid($"{field}.role", "Expected a role of the catalogue.")
            : !definition.Delegable ? Outcome.Forbidden("not_delegable", $"{field}: administrators cannot give the role {definition.Role}.")
            : !definition.Fits(work.Admin.Agency.Kind) ? Outcome.Forbidden("wrong_kind", $"{field}: the role {definition.Role} is not for an agency of this kind.")
            : gift.Agency is not null && gift.Agency != person.AgencyId ? Outcome.Forbidden("outside_agency", $"{field}.agency: a role reaches no further than its own agency.")
            : gift.Area is not null && gift.Area != work.Admin.Agency.Area ? Outcome.Forbidden("outside_agency", $"{field}.area: a role reaches no further than the agency's own area.")
            : gift.Court is not null && work.Admin.Agency.Kind != AgencyKind.Court ? Outcome.Forbidden("outside_agency", $"{field}.court: only a court's own people have roles at a court.")
            : !Classification.Within(most, work.Admin.MaxClassification) ? Outcome.Forbidden("class_above_own", $"{field}.maxClassification: nobody gives more than their own role allows, which is {work.Admin.MaxClassification}.")
            : null;
        return refusal is null ? (Role(work, person, definition!, gift, most), null) : (null, refusal);
    }

    /// <summary>An admin's equal or better needs a second admin.</summary>
    public static bool NeedsSecond(Admin admin, RoleDefinition definition) => definition.AdminLevel > 0 && definition.AdminLevel >= admin.Level;

    private static (string Member, string Why)? Shape(RoleGift gift, DateTimeOffset now) =>
        !Words.IsCode(gift.Role) ? ("role", "Expected the name of a role.")
        : gift.From < now - s_clockSkew ? ("from", "Expected an instant that is not in the past.")
        : gift.To <= (gift.From ?? now) || gift.To <= now ? ("to", "Expected an instant after the beginning.")
        : gift.Jurisdiction is not null && !Words.IsCode(gift.Jurisdiction) ? ("jurisdiction", "Expected a name in lower case, such as “criminal”.")
        : gift.Area is not null && !Words.IsCode(gift.Area) ? ("area", "Expected a name in lower case.")
        : gift.Court is not null && !Words.IsCode(gift.Court) ? ("court", "Expected a name in lower case.")
        : gift.MaxClassification is not null && !Classification.IsKnown(gift.MaxClassification) ? ("maxClassification", "Expected “public”, “private” or “restricted”.")
        : gift.Authorisations is { } named && (named.Count > 20 || !named.All(Words.IsCode)) ? ("authorisations", "Expected at most 20 names in lower case.")
        : null;

    private static HomeRole Role(AdminWork work, Account person, RoleDefinition definition, RoleGift gift, string most)
    {
        DateTimeOffset from = gift.From is { } later && later > work.Now ? DirectoryWriter.Microseconds(later.ToUniversalTime()) : work.Now;
        return new HomeRole
        {
            Subject = person.Subject,
            Role = definition.Role,
            From = from,
            To = gift.To is { } end ? DirectoryWriter.Microseconds(end.ToUniversalTime()) : null,
            Jurisdiction = gift.Jurisdiction ?? HomeRole.UsualJurisdiction,
            Agency = gift.Agency ?? (gift.Area is null && gift.Court is null ? person.AgencyId : null),
            Area = gift.Area,
            Court = gift.Court,
            MaxClassification = most,
            Authorisations = JsonSerializer.Serialize((gift.Authorisations ?? []).Distinct().Order(StringComparer.Ordinal)),
            RecertifyBy = definition.RecertifyDays > 0 ? from.AddDays(definition.RecertifyDays) : null,
            Process = "administration",
            Reference = "roles",
            GivenBy = work.Admin.Account.Subject,
        };
    }
}
