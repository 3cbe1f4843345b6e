using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>Reads enrolments, and saves each step with its audit row. Where one begins or ends to be tried, every process learns of it.</summary>
internal sealed class EnrolmentJournal(IdentityDb db, UpstreamWriter upstreams, TimeProvider clock)
{
    public Task<UpstreamEnrolment?> FindAsync(string id, CancellationToken ct) => db.UpstreamEnrolments.SingleOrDefaultAsync(enrolment => enrolment.Id == id, ct);

    public Task AddAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        db.UpstreamEnrolments.Add(enrolment);
        return SaveAsync(enrolment, by, "draft", ct);
    }

    public async Task SaveAsync(UpstreamEnrolment enrolment, PlatformAdmin by, string step, CancellationToken ct, string? said = null)
    {
        string before = db.Entry(enrolment).Property(row => row.Stage).OriginalValue;
        enrolment.Revision++;
        AuditLog.Record(db, clock.GetUtcNow(), new AuditActor(by.Subject, by.Agency), "upstream." + step, "upstream", enrolment.UpstreamId,
            JsonSerializer.Serialize(new { enrolment = enrolment.Id, stage = enrolment.Stage }), said);
        if ((before == EnrolmentStage.Checked) == (enrolment.Stage == EnrolmentStage.Checked))
        {
            await db.SaveChangesAsync(ct);
            return;
        }
        await upstreams.SaveAsync(ct);
    }
}
