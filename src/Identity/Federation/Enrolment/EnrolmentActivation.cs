using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>Makes an approved enrolment, or a suspension, take effect in every process.</summary>
internal sealed class EnrolmentActivation(IdentityDb db, DirectoryWriter directory, UpstreamWriter upstreams, TimeProvider clock)
{
    public async Task ApplyAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        await directory.AddMissingAsync([new Agency { Id = enrolment.AgencyId, Kind = enrolment.AgencyKind, Name = enrolment.AgencyName }], [], ct);
        Record(by, "upstream.activate", enrolment.UpstreamId, JsonSerializer.Serialize(new { enrolment = enrolment.Id, enrolment.ProposedBy, enrolment.ApprovedBy }), null);
        await upstreams.PutAsync(enrolment.Upstream(), ct);
    }

    /// <summary>One administrator may stop an upstream at once; only a new enrolment brings it back.</summary>
    public async Task<bool> SuspendAsync(string id, string reason, PlatformAdmin by, CancellationToken ct)
    {
        if (!await db.Upstreams.AnyAsync(upstream => upstream.Id == id, ct))
        {
            return false;
        }
        Record(by, "upstream.suspend", id, null, reason);
        await upstreams.SetStatusAsync(id, UpstreamStatus.Suspended, ct);
        return true;
    }

    private void Record(PlatformAdmin by, string action, string id, string? detail, string? said) =>
        AuditLog.Record(db, clock.GetUtcNow(), new AuditActor(by.Subject, by.Agency), action, "upstream", id, detail, said);
}
