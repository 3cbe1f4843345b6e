using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Assize.Pacing;

// How often each key may come: as often at once as in ten seconds, and a tenth of that each second. Each process counts for itself.
// Two assemblies are compiled from this file, and the API document takes no documentation of one name twice.
internal sealed class TokenBuckets(int perTenSeconds) : IDisposable
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perTenSeconds,
            TokensPerPeriod = Math.Max(1, perTenSeconds / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    // Null: go on. Otherwise how long to wait.
    public TimeSpan? Take(string key)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) && wait > s_shortest ? wait : s_shortest;
    }

    // Whether there is something left to take, where only what fails is counted.
    public bool HasLeft(string key) => _limiter.GetStatistics(key)?.CurrentAvailablePermits is null or > 0;

    public void Dispose() => _limiter.Dispose();

    // What an address is counted as: whoever has one of version 6 has its whole network of 64 bits.
    public static string Key(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes(), 0, 8),
        _ => address?.ToString() ?? "",
    };
}
