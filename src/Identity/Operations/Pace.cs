using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Assize.Identity.Operations;

/// <summary>How often somebody may ask: each process counts for itself, by address, by client and by person.</summary>
internal sealed class Pace(IdentitySettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = Bucket(settings.RequestsPerTenSeconds);
    private readonly PartitionedRateLimiter<string> _failures = Bucket(settings.RequestsPerTenSeconds);
    private readonly PartitionedRateLimiter<string> _strangers = Bucket(settings.RequestsPerTenSeconds);
    private readonly PartitionedRateLimiter<string> _clients = Bucket(settings.RequestsPerClient);
    private readonly PartitionedRateLimiter<string> _subjects = Bucket(settings.RequestsPerSubject);

    /// <summary>Whoever has an address of version 6 has its whole network of 64 bits.</summary>
    public static string Counted(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes(), 0, 8),
        _ => address?.ToString() ?? "",
    };

    public TimeSpan? Address(string address) => Take(_addresses, address);

    /// <summary>Failed proofs of who a client is, which alone count against an address that offers one.</summary>
    public bool MayFail(string address) => Left(_failures, address);

    public void Failed(string address) => Take(_failures, address);

    /// <summary>Tokens that nobody gave out. They have a count of their own: what a browser brings to Host must not cost Host its own proofs.</summary>
    public bool MayBeStrange(string address) => Left(_strangers, address);

    public void Strange(string address) => Take(_strangers, address);

    public TimeSpan? Client(string client) => Take(_clients, client);

    public TimeSpan? Subject(string subject) => Take(_subjects, subject);

    public void Dispose()
    {
        _addresses.Dispose();
        _failures.Dispose();
        _strangers.Dispose();
        _clients.Dispose();
        _subjects.Dispose();
    }

    private static bool Left(PartitionedRateLimiter<string> limiter, string key) => limiter.GetStatistics(key)?.CurrentAvailablePermits is null or > 0;

    // Null: go on. Otherwise how long to wait.
    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) && wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
    }

    private static PartitionedRateLimiter<string> Bucket(int perTenSeconds) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perTenSeconds,
            TokensPerPeriod = Math.Max(1, perTenSeconds / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
}

/// <summary>429, with when to come back.</summary>
internal sealed class TooMany(TimeSpan wait) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => RequestLimits.RefuseAsync(
        httpContext, StatusCodes.Status429TooManyRequests, "Too many requests. Nothing was changed. Wait a few seconds and try again.", CancellationToken.None,
        ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
}
