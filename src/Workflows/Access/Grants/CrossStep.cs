using Assize.Engine.Commands;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <summary>What sponsoring, consenting and refusing share: the grant, the case behind it, and who stands where.</summary>
internal static class CrossStep
{
    public static UnitCommand Of(Caller caller, string requestId, string verb, string grantId, DateTimeOffset real) =>
        AccessCommand.Of(caller, requestId, UnitAddress.ByRow("access_grant", grantId), $"{verb} {grantId}", real) with
        {
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, real);
                load.One<AccessGrant>("t.id = @grant AND t.kind = 'cross'", ("@grant", grantId));
                load.One<Person>("t.subject = (SELECT subject FROM access_grant WHERE id = @grant)", ("@grant", grantId));
                // Authority is asked again when the grant goes live: the sponsor may have left since.
                load.One<HomeRole>(
                    "t.role = 'access-approver' AND t.from_at <= @real AND (t.to_at IS NULL OR (t.to_at > @real AND (t.recorded_from IS NULL OR t.recorded_from < t.to_at))) AND (t.recertify_by IS NULL OR t.recertify_by > @real)"
                    + " AND t.subject = (SELECT s.subject FROM person s JOIN access_grant g ON g.sponsored_by = s.subject JOIN agency a ON a.id = s.agency"
                    + " WHERE g.id = @grant AND s.status = 'active' AND a.status = 'active' AND s.agency = g.sponsored_agency)",
                    ("@grant", grantId), ("@real", real));
            },
        };

    /// <summary>Whose consent counts now; a case that changed hands is its present owner's.</summary>
    public static string? Owner(UnitSession session, AccessGrant grant) => grant.CaseId is null ? grant.AskedAgency : SessionCase.Of(session)?.OwnerAgency;

    /// <summary>Somebody is one of these people, by account or by the human behind it.</summary>
    public static bool Is(AccessFacts facts, string? subject, string? personId) => facts.Person!.Subject == subject || facts.Person.PersonId == personId;

    public static bool IsBeneficiary(UnitSession session, AccessFacts facts, AccessGrant grant) =>
        Is(facts, grant.Subject, grant.PersonId) || (session.One<Person>() is { } person && Is(facts, person.Subject, person.PersonId ?? person.Subject));

    public static Rejection NotIn(AccessGrant grant, string expected) =>
        new("grant-state", $"Expected a grant that is {expected}, but this one is {grant.State}. Nothing was changed.");
}
