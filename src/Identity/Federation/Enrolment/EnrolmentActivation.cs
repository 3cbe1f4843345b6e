using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>Makes an approved enrolment, or a suspension, take effect in every process.</summary>
internal sealed class EnrolmentActivation(IdentityDb db, DirectoryWriter directory, UpstreamWriter upstreams, SessionRegister sessions, TimeProvider clock)
{
    public async Task<NotNow?> ApplyAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        NotNow? refused = await directory.ChangeAsync(unit => PutToUseAsync(unit, enrolment, by, ct), ct);
        await upstreams.RefreshAsync(ct);
        return refused;
    }

    /// <summary>One administrator may stop an upstream at once; only a new enrolment brings it back.</summary>
    public async Task<bool> SuspendAsync(string id, string reason, PlatformAdmin by, CancellationToken ct)
    {
        bool found = await directory.ChangeAsync(async _ =>
        {
            if (!await db.Upstreams.AnyAsync(upstream => upstream.Id == id, ct))
            {
                return false;
            }
            Record(by, "upstream.suspend", id, null, reason);
            await upstreams.SetStatusAsync(id, UpstreamStatus.Suspended, ct);
            await sessions.EndOfUpstreamAsync(id, "The agency's sign-in was suspended.", new AuditActor(by.Subject, by.Agency), reason, ct);
            return true;
        }, ct);
        await upstreams.RefreshAsync(ct);
        return found;
    }

    // Since it was drafted another may have taken its issuer or its name.
    private async Task<NotNow?> PutToUseAsync(DirectoryUnit unit, UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        if (await db.Upstreams.AnyAsync(row => row.Id == enrolment.UpstreamId ? row.AgencyId != enrolment.AgencyId || row.Kind != enrolment.Kind : row.Kind == enrolment.Kind && row.Issuer == enrolment.Issuer, ct))
        {
            db.ChangeTracker.Clear();
            return new NotNow(StatusCodes.Status409Conflict, "taken_meanwhile", "Another enrolment with this issuer or this name was put to use meanwhile. Nothing was changed; abandon this one, or draft it anew with its own issuer and name.");
        }
        if (!await db.Agencies.AnyAsync(agency => agency.Id == enrolment.AgencyId, ct))
        {
            unit.Add(new Agency { Id = enrolment.AgencyId, Kind = enrolment.AgencyKind, Name = enrolment.AgencyName });
        }
        enrolment.Stage = EnrolmentStage.Active;
        enrolment.Revision++;
        Record(by, "upstream.activate", enrolment.UpstreamId, JsonSerializer.Serialize(new { enrolment = enrolment.Id, enrolment.ProposedBy, enrolment.ApprovedBy }), null);
        if (await db.Upstreams.AsNoTracking().SingleOrDefaultAsync(row => row.Id == enrolment.UpstreamId, ct) is { ProtectedCredential: { } replaced } before && replaced != enrolment.ProtectedCredential)
        {
            Record(by, "upstream.key.remove", enrolment.UpstreamId, JsonSerializer.Serialize(new { enrolment = enrolment.Id, before.Authentication }), null);
        }
        await upstreams.PutAsync(enrolment.Upstream(), ct);
        return null;
    }

    private void Record(PlatformAdmin by, string action, string id, string? detail, string? said) =>
        AuditLog.Record(db, clock.GetUtcNow(), new AuditActor(by.Subject, by.Agency), action, "upstream", id, detail, said);
}
