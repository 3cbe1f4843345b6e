using System.Security.Cryptography;
using System.Text;
using Assize.Host.Operations.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Access;

/// <summary>Keeps sign-ins in the database, so that every process knows them and each can end them.</summary>
internal sealed class TicketStore(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock) : ITicketStore
{
    private readonly IDataProtector _protector = protection.CreateProtector("Assize.Host.SignInTicket");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        string key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        HostDb db = scope.ServiceProvider.GetRequiredService<HostDb>();
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        await db.SignInTickets.Where(old => old.ExpiresAt < now).ExecuteDeleteAsync();
        db.SignInTickets.Add(new SignInTicket
        {
            Id = Digest(key),
            SessionId = ticket.Principal.FindFirst("sid")?.Value ?? "",
            Subject = ticket.Principal.FindFirst("sub")?.Value ?? "",
            Protected = Protect(ticket),
            ExpiresAt = Expiry(ticket),
        });
        await db.SaveChangesAsync();
        return key;
    }

    // A row that ended stays ended, whatever a request that is under way still holds.
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        string id = Digest(key);
        byte[] content = Protect(ticket);
        long expiry = Expiry(ticket);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<HostDb>().SignInTickets.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Protected, content).SetProperty(row => row.ExpiresAt, expiry));
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        string id = Digest(key);
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        byte[]? content = await scope.ServiceProvider.GetRequiredService<HostDb>().SignInTickets
            .Where(row => row.Id == id && row.ExpiresAt > now).Select(row => row.Protected).SingleOrDefaultAsync();
        try
        {
            return content is null ? null : TicketSerializer.Default.Deserialize(_protector.Unprotect(content));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async Task RemoveAsync(string key)
    {
        string id = Digest(key);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<HostDb>().SignInTickets.Where(row => row.Id == id).ExecuteDeleteAsync();
    }

    /// <summary>Ends what a session of the identity server opened here, in every browser and process.</summary>
    public async Task<int> RemoveSessionAsync(string sessionId, CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<HostDb>().SignInTickets.Where(row => row.SessionId == sessionId).ExecuteDeleteAsync(ct);
    }

    private byte[] Protect(AuthenticationTicket ticket) => _protector.Protect(TicketSerializer.Default.Serialize(ticket));

    private long Expiry(AuthenticationTicket ticket) => (ticket.Properties.ExpiresUtc ?? (clock.GetUtcNow() + SignInCookie.Longest)).ToUnixTimeSeconds();

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
