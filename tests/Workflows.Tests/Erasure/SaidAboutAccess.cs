using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tests.Erasure;

/// <summary>One row of each kind in which people write about the access of a case, each saying the same.</summary>
internal static class SaidAboutAccess
{
    public static async Task AddAsync(CaseDb db, CaseFile file, string said, Caller party, CancellationToken ct)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow.AddMinutes(-5);
        db.Add(Grant(file, said, now));
        db.Add(new Exclusion
        {
            Id = "x1",
            UnitId = file.Id,
            Subject = "s",
            PersonId = "h",
            CaseId = file.Id,
            From = now,
            RemovedAt = now,
            RemovedBy = "b",
            RemovalReason = said,
            Reason = said,
            DeclaredBy = "s",
        });
        db.Add(new AccessReview { Id = "v1", UnitId = file.Id, GrantId = "g1", Agency = file.OwnerAgency, Subject = "s", RaisedAt = now, DueAt = now, ReviewedAt = now, Finding = "justified", Note = said });
        db.Add(new AccessProposal
        {
            Id = "p1",
            UnitId = file.Id,
            Kind = ProposalKind.BreakGlass,
            Content = "{}",
            Reason = said,
            ProposedBy = party.Subject,
            ProposedPerson = party.Subject,
            ProposedAt = now,
            SealEpoch = 0,
            State = ProposalState.Refused,
        });
        db.Add(new CaseProtection { Id = "k1", CaseId = file.Id, From = now, Classification = file.Classification, Sealed = false, SealEpoch = 0, By = "b", Reason = said });
        db.Add(new CaseParticipant { CaseId = file.Id, Agency = "gone", Since = now, Reason = said, JoinedAt = now, WithdrawnAt = now, WithdrawnReason = said });
        db.Add(new FormerParticipant { CaseId = file.Id, Agency = "gone", JoinedAt = now, WithdrawnAt = now, Reason = said });
        db.Add(new CaseParty { CaseId = file.Id, PersonId = party.Subject, Part = "victim", From = now, RecordedBy = "b" });
        db.Add(AuditLog.Entry("passed-on", now, party, AccessActions.ClaimEmergency, ("case", "unknown"), said: said));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private static AccessGrant Grant(CaseFile file, string said, DateTimeOffset now) => new()
    {
        Id = "g1",
        UnitId = file.Id,
        Kind = GrantKind.Case,
        State = GrantState.Ended,
        Subject = "s",
        PersonId = "h",
        Agency = file.OwnerAgency,
        Role = Roles.Advocate,
        CaseId = file.Id,
        MaxClassification = "private",
        LiveAt = now,
        EndedAt = now,
        EndReason = said,
        Reason = said,
        RequestedBy = "b",
        RequestedPerson = "b",
        RequestedAgency = file.OwnerAgency,
        RequestedAt = now,
    };
}
