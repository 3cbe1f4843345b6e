using Assize.Host.Access;

namespace Assize.Host.Pages.Access.Provisioning;

/// <summary>A mapping that stays, said again: the identity server takes them all at once.</summary>
internal static class GroupRoles
{
    public static object Of(MappingLine kept) => new
    {
        group = kept.Group,
        role = new
        {
            role = kept.Role.Role,
            jurisdiction = kept.Role.Jurisdiction,
            agency = kept.Role.Agency,
            area = kept.Role.Area,
            court = kept.Role.Court,
            maxClassification = kept.Role.MaxClassification,
            authorisations = kept.Role.Authorisations,
        },
    };
}
