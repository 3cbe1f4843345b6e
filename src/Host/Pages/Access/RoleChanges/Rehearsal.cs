using Assize.Host.Access;
using Assize.Workflows.Access.Explaining;

namespace Assize.Host.Pages.Access.RoleChanges;

/// <summary>What a change of one person's roles would come to.</summary>
/// <param name="Moved">It is a change of post.</param>
/// <param name="Waits">A second administrator has to approve it first.</param>
/// <param name="BecomesActive">A newcomer is let in with it.</param>
/// <param name="Cases">Cases that would open or close to them; null where that is not known.</param>
public sealed record Rehearsal(string Name, IReadOnlyList<GivenRole> Gets, IReadOnlyList<GivenRole> Loses, bool Moved, bool Waits, bool BecomesActive, SimulatedAccess? Cases)
{
    public bool IsNothing => Gets.Count + Loses.Count == 0 && !Waits;

    public static Rehearsal Of(IReadOnlyList<GivenRole> before, string statusBefore, RolesOutcome outcome, SimulatedAccess? cases)
    {
        var known = before.ToDictionary(role => (role.Role, role.From));
        return new Rehearsal(
            outcome.Person.Name,
            [.. outcome.Person.Roles.Where(role => !known.ContainsKey((role.Role, role.From)))],
            [.. outcome.Person.Roles.Where(role => known.TryGetValue((role.Role, role.From), out var was) && was.To != role.To)],
            outcome.Moved,
            outcome.Requests.Count > 0,
            statusBefore == "pending" && outcome.Person.Status == "active",
            cases);
    }
}
