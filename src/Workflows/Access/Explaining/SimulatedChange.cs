using System.Text.Json.Serialization;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Seals;

namespace Assize.Workflows.Access.Explaining;

/// <summary>A change that nobody has made yet: to people's roles and accounts, to a grant, to one case, or to an agency. Where a command would make it, it is that command.</summary>
public sealed record SimulatedChange
{
    /// <summary>Whose roles would change.</summary>
    public string? Subject { get; init; }

    /// <summary>Several of the agency's people instead, to all of whom the same would happen.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>A home role that they would get: for their agency, or for an area or a court where one is named.</summary>
    public string? AddRole { get; init; }
    public string? AddRoleArea { get; init; }
    public string? AddRoleCourt { get; init; }
    public string? AddRoleMaxClassification { get; init; }
    public IReadOnlyList<string>? AddRoleAuthorisations { get; init; }

    /// <summary>When it would begin; null: now. What changes is told as of then.</summary>
    public DateTimeOffset? AddRoleFrom { get; init; }

    /// <summary>A home role that they would lose.</summary>
    public string? RemoveRole { get; init; }

    /// <summary>When the one that they would lose began, since they may have several of a name; null: all of that name.</summary>
    public DateTimeOffset? RemoveRoleFrom { get; init; }

    /// <summary>All home roles that they have would end.</summary>
    public bool RemoveAllRoles { get; init; }

    /// <summary>Roles that several of the agency's people would get and lose, to each their own. The identity server says who, so no caller does.</summary>
    [JsonIgnore]
    public IReadOnlyList<RoleMove>? RoleMoves { get; init; }

    /// <summary>The status that their accounts would have, or the agency where one is named.</summary>
    public string? Status { get; init; }

    /// <summary>An agency that would have another status.</summary>
    public string? Agency { get; init; }

    /// <summary>The case that would change, or that a conflict would be recorded with.</summary>
    public string? Urn { get; init; }

    /// <summary>Several cases that a conflict would be recorded with.</summary>
    public IReadOnlyList<string>? Urns { get; init; }
    public bool AddExclusion { get; init; }

    /// <summary>Of a conflict that names no case: the jurisdiction and the agency whose cases it covers; null covers all.</summary>
    public string? ExclusionJurisdiction { get; init; }
    public string? ExclusionAgency { get; init; }

    /// <summary>A conflict that would be lifted.</summary>
    public string? LiftExclusion { get; init; }

    /// <summary>A role on one case that one of the agency's people would get.</summary>
    public CaseRoleGiven? GiveCaseRole { get; init; }

    /// <summary>A case, cross-agency or challenged grant that would end.</summary>
    public string? EndGrant { get; init; }

    /// <summary>A grant across agencies that would be approved by both.</summary>
    public string? ApproveGrant { get; init; }

    /// <summary>A case or cross-agency grant that would be certified: one that sleeps wakes.</summary>
    public string? CertifyGrant { get; init; }

    /// <summary>A grant across agencies that would be asked for, as if both had approved it.</summary>
    public CrossRequested? AskCross { get; init; }

    /// <summary>A grant across agencies that would have other terms: more takes the approvals away.</summary>
    public CrossChanged? ChangeCross { get; init; }
    public string? AddAgency { get; init; }
    public string? WithdrawAgency { get; init; }
    public string? Classification { get; init; }

    /// <summary>An account whose human would be recorded as a party to the case.</summary>
    public string? AddParty { get; init; }

    /// <summary>An account whose human would be no party to the case any more.</summary>
    public PartyEnded? EndParty { get; init; }

    /// <summary>Who alone would have the case, under a new seal.</summary>
    public IReadOnlyList<NamedPerson>? Seal { get; init; }
    public bool Unseal { get; init; }
}

/// <param name="Subject">One of their accounts.</param>
/// <param name="Part">As what they are recorded; somebody may be a victim and a witness.</param>
public sealed record PartyEnded(string Subject, string Part);

/// <summary>Home roles that somebody would get and lose.</summary>
/// <param name="Moved">It is a change of post, which suspends what other agencies granted for the old one.</param>
public sealed record RoleMove(string Subject, IReadOnlyList<RoleGained> Gets, IReadOnlyList<RoleHeld> Loses, bool Moved)
{
    /// <summary>Roles that would be confirmed: those that sleep wake.</summary>
    public IReadOnlyList<RoleHeld> Confirmed { get; init; } = [];
}

/// <param name="Agency">The home agency where neither it, an area nor a court is named.</param>
public sealed record RoleGained(
    string Role, DateTimeOffset From, string? Jurisdiction, string? Agency, string? Area, string? Court, string MaxClassification, IReadOnlyList<string> Authorisations);

/// <param name="From">When it began, since one may have several of a name.</param>
public sealed record RoleHeld(string Role, DateTimeOffset From);

/// <param name="Gained">
/// References of cases for a change of one person; for other changes who, once for each case: the asker's own people by name, others as agency and role.
/// </param>
/// <param name="Weighed">How many cases or people were looked at; the newest come first.</param>
/// <param name="TasksLeft">Open tasks that somebody may do now, and that nobody could do then.</param>
public sealed record SimulatedAccess(IReadOnlyList<string> Gained, IReadOnlyList<string> Lost, int Weighed, bool IsWhole, int TasksLeft, string Summary)
{
    /// <summary>The case or the person is not for the asker to know of: it is told what this would open if they are as was written.</summary>
    public bool IsSupposed { get; init; }

    /// <summary>What is gained and lost is named by the cases, since it is one person's; otherwise by who.</summary>
    public bool NamesCases { get; init; }
}
