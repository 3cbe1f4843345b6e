using System.Security.Cryptography;
using System.Text;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Sessions;

/// <summary>Ids of tokens that are good for one use. The database decides, so that of several processes one wins.</summary>
internal sealed class SpentTokens(IdentityDb db)
{
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    /// <summary>False where it was spent before.</summary>
    public async Task<bool> SpendAsync(string kind, string id, DateTimeOffset expires, CancellationToken ct)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{id}")));
        long until = (expires + s_skew).ToUnixTimeSeconds();
        return await db.Database.ExecuteSqlAsync($"""INSERT INTO spent_token ("Id", "ExpiresAt") VALUES ({digest}, {until}) ON CONFLICT DO NOTHING""", ct) == 1;
    }
}
