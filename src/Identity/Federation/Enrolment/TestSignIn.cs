using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>
/// The trial of an enrolment: a real sign-in through what was drafted, by whoever has the link. It makes no account and no session;
/// what came is written into the enrolment, for those who decide about it.
/// </summary>
internal sealed class TestSignIn(IdentityDb db, TimeProvider clock)
{
    private const int Tries = 3;
    private static readonly TimeSpan s_ticketLife = TimeSpan.FromDays(1);

    /// <summary>A fresh link in place of any earlier one; whoever has it can try, and do nothing else.</summary>
    public string Issue(UpstreamEnrolment enrolment)
    {
        string ticket = RandomNumberGenerator.GetHexString(48, lowercase: true);
        (enrolment.TestTicket, enrolment.TestTicketUntil) = (Digest(ticket), clock.GetUtcNow() + s_ticketLife);
        return ticket;
    }

    /// <summary>The enrolment that the link opens; null where it opens none now.</summary>
    public async Task<UpstreamEnrolment?> OpenAsync(string id, string? ticket, CancellationToken ct) =>
        await db.UpstreamEnrolments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Stage == EnrolmentStage.Checked, ct) is { TestTicket: { } digest } enrolment
        && enrolment.TestTicketUntil > clock.GetUtcNow() && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digest), Encoding.ASCII.GetBytes(Digest(ticket ?? "")))
            ? enrolment : null;

    /// <summary>Null where it is not to be tried now.</summary>
    public Task<string?> UpstreamOfAsync(string id, CancellationToken ct) =>
        db.UpstreamEnrolments.Where(row => row.Id == id && row.Stage == EnrolmentStage.Checked).Select(row => row.UpstreamId).SingleOrDefaultAsync(ct)!;

    public Task<TestReport?> ArrivedAsync(string id, Arrival arrival, CancellationToken ct) => RecordAsync(id, enrolment =>
    {
        if (arrival.UpstreamId != enrolment.UpstreamId || arrival.Issuer != enrolment.Issuer)
        {
            return null;
        }
        (enrolment.TestSubject, enrolment.TestSession, enrolment.TestLogoutAt) = (arrival.Subject, arrival.Session, null);
        return TestReading.Of(enrolment, arrival, clock.GetUtcNow());
    }, ct);

    public Task<TestReport?> FailedAsync(string id, string why, CancellationToken ct) => RecordAsync(id, enrolment =>
    {
        (enrolment.TestSubject, enrolment.TestSession, enrolment.TestLogoutAt) = (null, null, null);
        return TestReading.Failed(why, clock.GetUtcNow());
    }, ct);

    /// <summary>The provider ended what it named; the test's own session, or everything of its person.</summary>
    public async Task EndedAsync(string id, string? session, string? subject, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await ChangeAsync(id, enrolment =>
        {
            bool own = enrolment.TestPassed && (session is not null ? session == enrolment.TestSession : subject == enrolment.TestSubject) && (subject is null || subject == enrolment.TestSubject);
            enrolment.TestLogoutAt = own ? now : enrolment.TestLogoutAt;
            return own ? "logout" : null;
        }, ct);
    }

    private async Task<TestReport?> RecordAsync(string id, Func<UpstreamEnrolment, TestReport?> read, CancellationToken ct)
    {
        TestReport? report = null;
        await ChangeAsync(id, enrolment =>
        {
            report = read(enrolment);
            if (report is null)
            {
                return null;
            }
            (enrolment.Test, enrolment.TestPassed) = (JsonSerializer.Serialize(report, JsonSerializerOptions.Web), report.Passed);
            return report.Passed ? "passed" : "failed";
        }, ct);
        return report;
    }

    // An administrator may be changing it at the same moment; then it is read again.
    private async Task ChangeAsync(string id, Func<UpstreamEnrolment, string?> change, CancellationToken ct)
    {
        for (int left = Tries; ; left--)
        {
            if (await db.UpstreamEnrolments.SingleOrDefaultAsync(row => row.Id == id && row.Stage == EnrolmentStage.Checked, ct) is not { } enrolment || change(enrolment) is not { } outcome)
            {
                return;
            }
            enrolment.Revision++;
            AuditLog.Record(db, clock.GetUtcNow(), AuditActor.Server, "upstream.test", "upstream", enrolment.UpstreamId, JsonSerializer.Serialize(new { enrolment = id, outcome }));
            try
            {
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateConcurrencyException) when (left > 1)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private static string Digest(string ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
}
