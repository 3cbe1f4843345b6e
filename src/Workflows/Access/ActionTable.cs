using System.Collections.Frozen;
using static Assize.Workflows.Access.AccessActions;
using static Assize.Workflows.Access.Roles;

namespace Assize.Workflows.Access;

/// <summary>Which home roles may do which action, before anything is asked about the case. The whole table is here.</summary>
public static class ActionTable
{
    /// <summary>Who runs a case for the agency that owns it.</summary>
    private static readonly string[] s_caseTeam = [CaseBuilder, OfficerInCase, ReviewingLawyer, CourtAdministrator];

    private static readonly FrozenDictionary<string, FrozenSet<string>> s_roles = Work().Concat(Access())
        .ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Actions that are asked again about each case that comes into question.</summary>
    private static readonly FrozenSet<string> s_ofCases = new[]
    {
        ReadProsecution, ReadCase, CloseCaseInError, RetryIncident, ReadTask, ClaimTask, ReleaseTask, CompleteTask, ReinstateTask, ReadMessage, AcknowledgeMessage, OpenAccess,
        AddAgency, WithdrawAgency, RecordParty, EndParty, GiveCaseRole, EndGrant, DeclareExclusion, ProtectCase, ExplainAccess,
    }.ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Actions => s_roles.Keys;

    /// <summary>What is asked at the door of a page or an endpoint, before it is known which case it will be about, if any.</summary>
    public static AccessTarget Door(string action) => s_ofCases.Contains(action) ? AccessTarget.SomeCase : AccessTarget.None;

    /// <summary>The roles that may do the action; none where the action is unknown.</summary>
    public static IReadOnlySet<string> RolesFor(string action) =>
        s_roles.TryGetValue(action, out FrozenSet<string>? roles) ? roles : FrozenSet<string>.Empty;

    // Cases, their tasks and messages, and the definitions that they run on.
    private static Dictionary<string, IReadOnlyList<string>> Work() => new()
    {
        [SubmitProsecution] = [CaseSystem],
        [ReadProsecution] = [CaseSystem, CaseBuilder, OfficerInCase],
        [CorrectProsecution] = [CaseSystem, CaseBuilder],
        [ReadCase] = Roles.All,
        [CloseCaseInError] = [CaseBuilder, ReviewingLawyer, CourtAdministrator],
        [RetryIncident] = [.. s_caseTeam, ProcessOwner],
        [ReadTask] = OfPeople,
        [ClaimTask] = OfPeople,
        [ReleaseTask] = OfPeople,
        [CompleteTask] = OfPeople,
        [ReinstateTask] = OfPeople,
        [ReadMessage] = [CaseSystem],
        [AcknowledgeMessage] = [CaseSystem],
        [ReadDefinition] = OfPeople,
        [DraftDefinition] = [ProcessOwner],
        [RequestPublication] = [ProcessOwner],
        [ApprovePublication] = [ProcessOwner],
        [RehearseDefinition] = [ProcessOwner],
        [MigrateCases] = [ProcessOwner],
        [ReadOperation] = [ProcessOwner, AgencyAdmin, PlatformAdmin],
        [ImportReference] = [PlatformAdmin],
        [RunPractice] = [ProcessOwner],
        [ReadClock] = Roles.All,
        [SetClock] = Roles.All,
    };

    // Who sees what, and the records of it.
    private static Dictionary<string, IReadOnlyList<string>> Access() => new()
    {
        [OpenAccess] = [.. OfPeople, AgencyAdmin, PlatformAdmin, PrivacyOfficer, AccessApprover],
        [ExportAudit] = [AgencyAdmin, PlatformAdmin, PrivacyOfficer],
        [ExportServerAudit] = [PlatformAdmin],
        [ReadRoots] = [CaseSystem, AgencyAdmin, PlatformAdmin, PrivacyOfficer],
        [ReadAudit] = [AgencyAdmin, PlatformAdmin, PrivacyOfficer],
        [RequestErasure] = [PrivacyOfficer],
        [DecideErasure] = [PrivacyOfficer, AgencyAdmin],
        [AddAgency] = s_caseTeam,
        [WithdrawAgency] = s_caseTeam,
        [RecordParty] = s_caseTeam,
        [EndParty] = s_caseTeam,
        [GiveCaseRole] = [.. s_caseTeam, AgencyAdmin, AccessApprover],
        [EndGrant] = [.. OfPeople, AgencyAdmin, AccessApprover],
        [CertifyGrant] = [AgencyAdmin, AccessApprover],
        [RequestCross] = [.. OfPeople, AgencyAdmin, AccessApprover],
        [ChangeCross] = [.. OfPeople, AgencyAdmin, AccessApprover],
        [SponsorCross] = [AccessApprover],
        [ConsentCross] = [AccessApprover],
        [RefuseCross] = [AccessApprover],
        [ClaimChallenged] = OfPeople,
        [ClaimEmergency] = OfPeople,
        [ReviewAccess] = [PrivacyOfficer],
        [SeeOverdueReviews] = [AgencyAdmin],
        [DeclareExclusion] = [.. OfPeople, AgencyAdmin, AccessApprover, PrivacyOfficer],
        [RemoveExclusion] = [AgencyAdmin],
        [ProtectCase] = [.. s_caseTeam, AccessApprover, PrivacyOfficer],
        [ExplainAccess] = [.. OfPeople, AgencyAdmin, AccessApprover, PrivacyOfficer],
        [AdministerPeople] = [AgencyAdmin, PlatformAdmin],
        [AdministerSystems] = [AgencyAdmin],
        [AdministerAgencies] = [PlatformAdmin],
        [AdministerDrafting] = [AgencyAdmin, PlatformAdmin],
        [CountPeople] = [AgencyAdmin, PlatformAdmin, AccessApprover, PrivacyOfficer],
    };
}
