using System.Text.Json;
using Assize.Identity.Clients;
using Assize.Identity.Connect;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace Assize.Identity.Administration.Systems;

/// <summary>The systems of the administrator's own agency.</summary>
internal sealed class SystemList(IdentityDb db, IdentitySettings settings)
{
    /// <summary>How long a key waits for the second administrator.</summary>
    public static readonly TimeSpan KeyWaits = TimeSpan.FromDays(14);
    public const int Most = 50;

    public async Task<Outcome> ListAsync(Admin admin, DateTimeOffset now, CancellationToken ct)
    {
        List<Account> systems = await db.Accounts.AsNoTracking().Where(account => account.AgencyId == admin.Agency.Id && account.IsSystem)
            .OrderBy(account => account.Status == AccountStatus.Left).ThenBy(account => account.Name).ThenBy(account => account.Subject).Take(4 * Most).ToListAsync(ct);
        string[] ids = [.. systems.Select(system => system.Subject)];
        ILookup<string, SystemKey> keys = (await db.SystemKeys.AsNoTracking().Where(key => ids.Contains(key.Subject)).ToListAsync(ct)).ToLookup(key => key.Subject);
        Dictionary<string, OpenIddictEntityFrameworkCoreApplication> clients = await ClientsAsync(ids, ct);
        return Outcome.Done(new SystemLines([.. systems.Select(system => Line(system, keys[system.Subject], clients.GetValueOrDefault(system.Subject), now))], settings.MutualTlsUrl is not null));
    }

    public async Task<Outcome> DetailAsync(Admin admin, DateTimeOffset now, string id, CancellationToken ct) =>
        await db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Subject == id && account.AgencyId == admin.Agency.Id && account.IsSystem, ct) is { } system
            ? Outcome.Done(await ReadAsync(admin, now, system, ct))
            : Outcome.NotFound("system");

    /// <summary>The system as it is stored now.</summary>
    public async Task<SystemDetail> ReadAsync(Admin admin, DateTimeOffset now, Account system, CancellationToken ct)
    {
        List<SystemKey> keys = await db.SystemKeys.AsNoTracking().Where(key => key.Subject == system.Subject).OrderByDescending(key => key.AddedAt).ThenBy(key => key.Id).ToListAsync(ct);
        string[] subjects = [.. keys.SelectMany(key => new[] { key.AddedBy, key.ApprovedBy, key.RemovedBy }).OfType<string>().Distinct()];
        Dictionary<string, Account> people = await db.Accounts.AsNoTracking().Where(account => subjects.Contains(account.Subject)).ToDictionaryAsync(account => account.Subject, ct);
        OpenIddictEntityFrameworkCoreApplication? client = (await ClientsAsync([system.Subject], ct)).GetValueOrDefault(system.Subject);
        string? Name(string? subject) => subject is null ? null : people.GetValueOrDefault(subject)?.Name ?? subject;
        return new SystemDetail(
            Line(system, keys, client, now),
            [.. keys.Select(key => new KeyLine(
                key.Id, key.Thumbprint, key.Kind, State(key, now), Name(key.AddedBy)!, key.AddedAt, key.Reason, Name(key.ApprovedBy), key.ApprovedAt, Name(key.RemovedBy), key.RemovedAt,
                people.GetValueOrDefault(key.AddedBy) is { } adder && admin.Is(adder)))],
            client?.ClientSecret is not null, new Uri(settings.Url, "/connect/token"), settings.MutualTlsUrl is { } second ? new Uri(second, "/connect/token") : null, settings.Url.AbsoluteUri);
    }

    public static string State(SystemKey key, DateTimeOffset now) => key switch
    {
        { RemovedAt: not null } => "removed",
        { ApprovedAt: not null } => "working",
        _ => key.AddedAt + KeyWaits > now ? "waiting" : "expired",
    };

    private static SystemLine Line(Account system, IEnumerable<SystemKey> keys, OpenIddictEntityFrameworkCoreApplication? client, DateTimeOffset now)
    {
        string[] states = [.. keys.Select(key => State(key, now))];
        return new SystemLine(system.Subject, system.Name, system.Status, IsBound(client), states.Count(state => state == "working"), states.Count(state => state == "waiting"));
    }

    private static bool IsBound(OpenIddictEntityFrameworkCoreApplication? client)
    {
        if (client?.Properties is not { Length: > 0 } properties)
        {
            return false;
        }
        using JsonDocument document = JsonDocument.Parse(properties);
        return document.RootElement.TryGetProperty(Certificates.BoundOnly, out JsonElement bound) && bound.ValueKind == JsonValueKind.True;
    }

    private Task<Dictionary<string, OpenIddictEntityFrameworkCoreApplication>> ClientsAsync(string[] ids, CancellationToken ct) =>
        db.Set<OpenIddictEntityFrameworkCoreApplication>().AsNoTracking().Where(client => ids.Contains(client.ClientId)).ToDictionaryAsync(client => client.ClientId!, ct);
}
