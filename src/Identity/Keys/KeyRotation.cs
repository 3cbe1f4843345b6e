using System.Security.Cryptography;
using Assize.Identity.Audit;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Quartz;

namespace Assize.Identity.Keys;

/// <summary>How long a key signs, how long before it is published, and how long after it is still believed.</summary>
internal sealed record KeySchedule
{
    public TimeSpan Life { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Longer than any client caches the published keys, and than any process takes to read them.</summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Longer than any token lives.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(2);
}

/// <summary>Makes the next key in good time and takes away what nobody can need any more.</summary>
internal sealed class KeyRotation(IDataProtectionProvider protection, KeySchedule schedule, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector(KeyRing.Purpose);

    /// <summary>The first keys, which sign at once.</summary>
    public async Task MakeMissingAsync(IdentityDb db, CancellationToken ct)
    {
        foreach (string use in KeyRing.Uses)
        {
            if (!await db.ServerKeys.AnyAsync(key => key.Use == use, ct))
            {
                await AddAsync(db, use, 1, null, ct);
            }
        }
    }

    public async Task RotateAsync(IdentityDb db, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (string use in KeyRing.Uses)
        {
            List<ServerKey> keys = [.. (await db.ServerKeys.Where(key => key.Use == use).ToListAsync(ct)).OrderBy(key => key.ActiveFrom ?? key.CreatedAt)];
            if ((keys[^1].ActiveFrom ?? keys[^1].CreatedAt) + schedule.Life - schedule.Lead <= now)
            {
                await AddAsync(db, use, keys.Max(key => int.Parse(key.Id.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture)) + 1, schedule.Lead, ct);
            }

            // A key is over when the next one has been signing for longer than any token lives.
            foreach ((ServerKey key, ServerKey next) in keys.Zip(keys.Skip(1)))
            {
                if ((next.ActiveFrom ?? next.CreatedAt) + schedule.Kept <= now)
                {
                    await RemoveAsync(db, key.Id, ct);
                }
            }
        }
    }

    // Of several servers one takes it away, and says so.
    private async Task RemoveAsync(IdentityDb db, string id, CancellationToken ct)
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ServerKeys.Where(old => old.Id == id).ExecuteDeleteAsync(ct) == 1)
        {
            AuditLog.Record(db, clock.GetUtcNow(), AuditActor.Server, "key.remove", "key", id);
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
    }

    // The id is the same whoever makes it, so that of two servers one key wins for both.
    private async Task AddAsync(IdentityDb db, string use, int number, TimeSpan? lead, CancellationToken ct)
    {
        using RSA pair = RSA.Create(2048);
        string id = $"{use}-{number}";
        db.ServerKeys.Add(new ServerKey
        {
            Id = id,
            Use = use,
            CreatedAt = clock.GetUtcNow(),

            // From when it is there, not from when its making began.
            ActiveFrom = clock.GetUtcNow() + lead,
            Protected = Convert.ToBase64String(_protector.Protect(pair.ExportPkcs8PrivateKey())),
        });
        AuditLog.Record(db, clock.GetUtcNow(), AuditActor.Server, "key.add", "key", id);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.ServerKeys.AsNoTracking().Any(key => key.Id == id))
        {
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>Every minute each process rotates what is due and takes over what others made.</summary>
[DisallowConcurrentExecution]
internal sealed class KeyJob(IServiceScopeFactory scopes, KeyRing ring, KeyRotation rotation, ILogger<KeyJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            await rotation.RotateAsync(db, cancellationToken);
            await ring.LoadAsync(db, cancellationToken);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or DbUpdateException or InvalidOperationException)
        {
            // The keys that are known stay good; the next minute tries again.
            log.LogWarning(failure, "The server's keys could not be looked after; those in use stay.");
        }
    }
}
