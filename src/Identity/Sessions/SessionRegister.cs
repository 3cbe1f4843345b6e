using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Identity.Sessions;

/// <summary>A finished sign-in: who it is, at which agency, and how well that was proved.</summary>
public sealed record SignedIn(string Subject, string AgencyId, string Acr)
{
    /// <summary>When they proved it, where that was before now.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The upstream registration's id, and its <c>sub</c> and <c>sid</c>, for its logout tokens.</summary>
    public string? Upstream { get; init; }
    public string? UpstreamSubject { get; init; }
    public string? UpstreamSession { get; init; }

    /// <summary>The upstream's identity token. It stays in the browser's cookie and is kept nowhere here.</summary>
    public string? UpstreamToken { get; init; }
}

/// <summary>The only writer of sessions. An end is written together with the notices that it owes to clients.</summary>
public sealed class SessionRegister(IdentityDb db, TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    private static readonly TimeSpan s_seenEvery = TimeSpan.FromMinutes(1);

    public async Task<PersonSession> StartAsync(SignedIn who, IPAddress? from, CancellationToken ct)
    {
        DateTimeOffset now = Now();
        PersonSession session = new()
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Subject = who.Subject,
            AgencyId = who.AgencyId,
            StartedAt = now,
            ProvedAt = who.AuthenticatedAt,
            ExpiresAt = now + Longest,
            SeenAt = now,
            Acr = who.Acr,
            AddressHint = Hint(from),
            Upstream = who.Upstream,
            UpstreamSubject = who.UpstreamSubject,
            UpstreamSession = who.UpstreamSession,
        };
        db.Sessions.Add(session);
        AuditLog.Record(db, now, new AuditActor(session.Subject, session.AgencyId), "session.start", "session", session.Id, $$"""{"acr":"{{session.Acr}}"}""");
        await db.SaveChangesAsync(ct);
        return session;
    }

    /// <summary>The session while it lives, its account is active and its agency too; otherwise null.</summary>
    public async Task<PersonSession?> LiveAsync(string? id, CancellationToken ct)
    {
        DateTimeOffset now = Now();
        PersonSession? session = await db.Sessions.AsNoTracking()
            .Where(session => session.Id == id && session.EndedAt == null && session.ExpiresAt > now)
            .Where(session => db.Accounts.Any(account => account.Subject == session.Subject && account.Status == AccountStatus.Active))
            .Where(session => db.Agencies.Any(agency => agency.Id == session.AgencyId && agency.Status == AccountStatus.Active))

            // Reactivation revives nothing: whoever was suspended since has to sign in again.
            .Where(session => !db.StatusPeriods.Any(period => period.Status != AccountStatus.Active && period.From >= session.StartedAt
                && ((period.Kind == StatusPeriod.OfAccount && period.Key == session.Subject) || (period.Kind == StatusPeriod.OfAgency && period.Key == session.AgencyId))))
            .SingleOrDefaultAsync(ct);
        if (session is not null && session.SeenAt < now - s_seenEvery)
        {
            await db.Sessions.Where(x => x.Id == id).ExecuteUpdateAsync(set => set.SetProperty(x => x.SeenAt, now), ct);
        }
        return session;
    }

    /// <summary>The session, whether or not it still lives.</summary>
    public Task<PersonSession?> FindAsync(string id, CancellationToken ct) => db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == id, ct);

    /// <summary>Notes that the session signed in to a client, once.</summary>
    public async Task JoinAsync(string id, string client, string? logoutAddress, CancellationToken ct)
    {
        if (await db.Set<SessionClient>().AnyAsync(x => x.SessionId == id && x.ClientId == client, ct))
        {
            return;
        }
        SessionClient joined = new() { SessionId = id, ClientId = client, Since = Now(), LogoutAddress = logoutAddress };
        db.Add(joined);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.Set<SessionClient>().AsNoTracking().Any(x => x.SessionId == id && x.ClientId == client))
        {
            // Two requests at once: the other one noted it.
            db.Entry(joined).State = EntityState.Detached;
        }
    }

    /// <summary>Ends it, unless it ended before. Where nobody is named, the person did it.</summary>
    /// <param name="said">The reason that somebody wrote.</param>
    public Task<int> EndAsync(string id, string because, CancellationToken ct, AuditActor? actor = null, string? said = null) =>
        EndAsync(db.Sessions.Where(session => session.Id == id), because, actor, ct, said);

    public Task<int> EndOfSubjectAsync(string subject, string because, CancellationToken ct, AuditActor? actor = null, string? said = null) =>
        EndAsync(db.Sessions.Where(session => session.Subject == subject), because, actor ?? AuditActor.Server, ct, said);

    /// <summary>What an upstream's logout token names: its session, or where it names none, everything of its subject.</summary>
    public Task<int> EndOfUpstreamAsync(string upstream, string? session, string? subject, CancellationToken ct) => EndAsync(
        db.Sessions.Where(x => x.Upstream == upstream && (session == null || x.UpstreamSession == session) && (subject == null || x.UpstreamSubject == subject)),
        "The agency ended the sign-in.", AuditActor.Server, ct);

    /// <summary>Everything that the upstream vouched for, where it is no longer believed.</summary>
    public Task<int> EndOfUpstreamAsync(string upstream, string because, AuditActor actor, string said, CancellationToken ct) =>
        EndAsync(db.Sessions.Where(session => session.Upstream == upstream), because, actor, ct, said);

    // In the order of their ids, so that two who end several never wait for each other. Whoever finds a session ended meanwhile owes nobody anything.
    private async Task<int> EndAsync(IQueryable<PersonSession> which, string because, AuditActor? actor, CancellationToken ct, string? said = null)
    {
        DateTimeOffset now = Now();
        await using IDbContextTransaction? own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        List<PersonSession> ended = [];
        foreach (PersonSession session in await which.AsNoTracking().Where(session => session.EndedAt == null).OrderBy(session => session.Id).ToListAsync(ct))
        {
            if (await db.Sessions.Where(live => live.Id == session.Id && live.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(live => live.EndedAt, now).SetProperty(live => live.EndedBecause, because), ct) == 1)
            {
                ended.Add(session);
                AuditLog.Record(db, now, actor ?? new AuditActor(session.Subject, session.AgencyId), "session.end", "session", session.Id, JsonSerializer.Serialize(new { because }), said);
            }
        }
        db.AddRange(await NoticesAsync(ended, now, ct));
        await db.SaveChangesAsync(ct);
        if (own is not null)
        {
            await own.CommitAsync(ct);
        }
        return ended.Count;
    }

    private async Task<IEnumerable<LogoutNotice>> NoticesAsync(List<PersonSession> ended, DateTimeOffset now, CancellationToken ct)
    {
        Dictionary<string, string> subjects = ended.ToDictionary(session => session.Id, session => session.Subject);
        string[] ids = [.. subjects.Keys];
        List<SessionClient> clients = await db.Set<SessionClient>().AsNoTracking().Where(client => ids.Contains(client.SessionId) && client.LogoutAddress != null).ToListAsync(ct);
        return clients.Select(client => new LogoutNotice
        {
            Id = $"{client.SessionId}.{client.ClientId}",
            SessionId = client.SessionId,
            Subject = subjects[client.SessionId],
            ClientId = client.ClientId,
            Address = client.LogoutAddress!,
            EndedAt = now,
            DueAt = now,
        });
    }

    private DateTimeOffset Now()
    {
        DateTimeOffset now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static string? Hint(IPAddress? from)
    {
        IPAddress? address = from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : IPAddress.IPv6Loopback.Equals(from) ? IPAddress.Loopback : from;
        return address?.GetAddressBytes() switch
        {
            [byte a, byte b, byte c, _] => $"{a}.{b}.{c}.…",
            { Length: 16 } bytes => string.Join(':', Enumerable.Range(0, 3).Select(i => $"{(bytes[2 * i] << 8) | bytes[(2 * i) + 1]:x}")) + ":…",
            _ => null,
        };
    }
}
