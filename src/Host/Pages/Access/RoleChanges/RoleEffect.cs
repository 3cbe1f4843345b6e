using Assize.Host.Access;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;

namespace Assize.Host.Pages.Access.RoleChanges;

/// <summary>The ids of a role's fields by the names that the identity server has for them.</summary>
internal static class RoleFieldIds
{
    public static Dictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["from"] = "first-day",
        ["to"] = "last-day",
        ["maxClassification"] = "classification",
        ["agency"] = "reach",
        ["area"] = "reach",
    };
}

/// <summary>Which cases a change of roles or accounts would open or close, by the gates themselves and the read copy of the directory.</summary>
public sealed class RoleEffect(WhatIf whatIf)
{
    /// <param name="gift">As the identity server would give it.</param>
    /// <param name="instead">Whether it takes the place of all roles that they have.</param>
    public Task<SimulatedAccess?> OfGivingAsync(Caller caller, IReadOnlyList<string> subjects, GivenRole gift, CancellationToken ct, bool instead = false) => whatIf.RunAsync(caller, new SimulatedChange
    {
        Subjects = subjects,
        AddRole = gift.Role,
        AddRoleArea = gift.Area,
        AddRoleCourt = gift.Court,
        AddRoleMaxClassification = gift.MaxClassification,
        AddRoleAuthorisations = gift.Authorisations,
        AddRoleFrom = gift.From,
        RemoveAllRoles = instead,
    }, ct);

    public Task<SimulatedAccess?> OfEndingAsync(Caller caller, string subject, GivenRole held, CancellationToken ct) =>
        whatIf.RunAsync(caller, new SimulatedChange { Subject = subject, RemoveRole = held.Role, RemoveRoleFrom = held.From }, ct);

    public Task<SimulatedAccess?> OfEndingAsync(Caller caller, IReadOnlyList<string> subjects, string role, CancellationToken ct) =>
        whatIf.RunAsync(caller, new SimulatedChange { Subjects = subjects, RemoveRole = role }, ct);

    /// <summary>Of several people's roles at once; null where nobody's change, or the read copy does not know them yet.</summary>
    public async Task<SimulatedAccess?> OfMovesAsync(Caller caller, IReadOnlyList<GroupMove> people, CancellationToken ct) =>
        people.Count == 0 ? null : await whatIf.RunAsync(caller, new SimulatedChange { RoleMoves = [.. people.Select(Move)] }, ct);

    /// <summary>Of confirming roles that sleep; null where the read copy does not know who holds them yet.</summary>
    public Task<SimulatedAccess?> OfConfirmingAsync(Caller caller, IReadOnlyList<DueRole> roles, CancellationToken ct) => whatIf.RunAsync(caller, new SimulatedChange
    {
        RoleMoves = [.. roles.GroupBy(role => role.Subject).Select(held => new RoleMove(held.Key, [], [], false) { Confirmed = [.. held.Select(role => new RoleHeld(role.Role, role.From))] })],
    }, ct);

    public Task<SimulatedAccess?> OfStatusAsync(Caller caller, IReadOnlyList<string> subjects, string status, CancellationToken ct) =>
        whatIf.RunAsync(caller, new SimulatedChange { Subjects = subjects, Status = status }, ct);

    private static RoleMove Move(GroupMove person) => new(
        person.Subject,
        [.. person.Gets.Select(role => new RoleGained(role.Role, role.From, role.Jurisdiction, role.Agency, role.Area, role.Court, role.MaxClassification, role.Authorisations))],
        [.. person.Loses.Select(role => new RoleHeld(role.Role, role.From))], person.Moved);
}
