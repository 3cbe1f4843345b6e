namespace Assize.Workflows.Access;

public static class AccessActions
{
    public const string SubmitProsecution = "prosecution.submit";
    public const string ReadProsecution = "prosecution.read";
    public const string CorrectProsecution = "prosecution.correct";
    public const string ReadCase = "case.read";
    public const string CloseCaseInError = "case.close-in-error";
    public const string ReadTask = "task.read";
    public const string ClaimTask = "task.claim";
    public const string ReleaseTask = "task.release";
    public const string CompleteTask = "task.complete";
    public const string ReinstateTask = "task.reinstate";
    public const string ReadMessage = "message.read";
    public const string AcknowledgeMessage = "message.acknowledge";
    public const string ReadDefinition = "definition.read";
    public const string DraftDefinition = "definition.draft";
    public const string RequestPublication = "definition.request-publication";
    public const string ApprovePublication = "definition.approve-publication";
    public const string ReadOperation = "operation.read";
    public const string ImportReference = "reference.import";
    public const string ReadClock = "clock.read";
    public const string OpenAccess = "access.open";
    public const string ReadAudit = "audit.read";
    public const string ExportAudit = "audit.export";
    public const string ReadRoots = "audit.roots";
    public const string RequestErasure = "erasure.request";
    public const string DecideErasure = "erasure.decide";
    public const string SetClock = "clock.set";
    public const string AddAgency = "agency.add";
    public const string WithdrawAgency = "agency.withdraw";
    public const string RecordParty = "party.record";
    public const string GiveCaseRole = "case-role.give";
    public const string EndGrant = "grant.end";
    public const string CertifyGrant = "grant.certify";
    public const string RequestCross = "cross.request";
    public const string ChangeCross = "cross.change";
    public const string SponsorCross = "cross.sponsor";
    public const string ConsentCross = "cross.consent";
    public const string RefuseCross = "cross.refuse";
    public const string ClaimChallenged = "challenged.claim";
    public const string ClaimEmergency = "emergency.claim";
    public const string ReviewAccess = "access.review";
    public const string DeclareExclusion = "exclusion.declare";
    public const string RemoveExclusion = "exclusion.remove";
    public const string ProtectCase = "case.protect";
    public const string ExplainAccess = "access.explain";
}
