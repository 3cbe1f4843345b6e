using Assize.Host.Access;
using Assize.Workflows.Access.Explaining;

namespace Assize.Host.Pages.Access.Provisioning;

/// <summary>A mapping that stays, said again: the identity server takes them all at once.</summary>
internal static class GroupRoles
{
    public static string Address(bool save) => "provisioning/mappings" + (save ? "" : "?dryRun=true");

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

/// <summary>What a change of the mappings would come to.</summary>
/// <param name="Cases">Cases that would open or close to them; null where nobody's roles change, or where that is not known.</param>
public sealed record GroupEffect(IReadOnlyList<GroupMove> People, SimulatedAccess? Cases)
{
    public IReadOnlyList<GroupMove> Getting => [.. People.Where(person => person.Gets.Count > 0)];
    public IReadOnlyList<GroupMove> Losing => [.. People.Where(person => person.Loses.Count > 0)];
}
