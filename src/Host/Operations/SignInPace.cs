using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Assize.Host.Operations;

/// <summary>How often one address may begin or end a sign-in: each beginning is a signed request, and a row at the identity server. Each process counts for itself.</summary>
internal sealed class SignInPace(HostSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _asked = Bucket(settings.SignInsPerTenSeconds);
    private readonly PartitionedRateLimiter<string> _failed = Bucket(settings.SignInsPerTenSeconds);

    /// <summary>Null: go on. Otherwise how long to wait.</summary>
    public TimeSpan? Ask(string address) => Take(_asked, address);

    /// <summary>The identity server tells of everybody's end from one address, so only logout tokens that are not right are counted.</summary>
    public bool MayFail(string address) => _failed.GetStatistics(address)?.CurrentAvailablePermits is null or > 0;

    public void Failed(string address) => Take(_failed, address);

    public void Dispose()
    {
        _asked.Dispose();
        _failed.Dispose();
    }

    /// <summary>Whoever has an address of version 6 has its whole network of 64 bits.</summary>
    internal static string Counted(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes(), 0, 8),
        _ => address?.ToString() ?? "",
    };

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string address)
    {
        using var lease = limiter.AttemptAcquire(address);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.Zero;
    }

    private static PartitionedRateLimiter<string> Bucket(int perTenSeconds) => PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perTenSeconds,
            TokensPerPeriod = Math.Max(1, perTenSeconds / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
}

/// <summary>429 in words, with when to come back, for whoever asks too often.</summary>
internal static class SignInPacing
{
    public static IApplicationBuilder UseSignInPace(this IApplicationBuilder app, SignInPace pace) => app.Use(async (context, next) =>
    {
        var address = SignInPace.Counted(context.Connection.RemoteIpAddress);
        if (context.Request.Path.StartsWithSegments("/signout/backchannel"))
        {
            if (!pace.MayFail(address))
            {
                Refuse(context, TimeSpan.Zero);
                return;
            }

            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status400BadRequest)
            {
                pace.Failed(address);
            }

            return;
        }

        if ((context.Request.Path.StartsWithSegments("/signin") || context.Request.Path.StartsWithSegments("/signout")) && pace.Ask(address) is { } wait)
        {
            Refuse(context, wait);
            return;
        }

        await next(context);
    });

    // Without a body, so that it gets the page that every refusal has.
    private static void Refuse(HttpContext context, TimeSpan wait)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
