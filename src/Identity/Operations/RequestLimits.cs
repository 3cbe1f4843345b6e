using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;

namespace Assize.Identity.Operations;

/// <summary>Small bodies and a bounded pace: what strangers may make this server work.</summary>
internal static class RequestLimits
{
    private const int LargestBody = 64 * 1024;

    public static void Apply(WebApplicationBuilder builder, IdentitySettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.Configure<FormOptions>(forms => forms.ValueCountLimit = 64);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, settings));
            limiter.OnRejected = async (rejected, ct) => await RefuseAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Too many requests. Wait a few seconds and try again.", ct);
        });
    }

    /// <summary>A body too large, or with too many fields, is the sender's fault and not a crash.</summary>
    public static void UseRequestLimits(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "Expected a body of at most 64 kB, but it is larger." : "The request could not be read.", CancellationToken.None);
        }
        catch (InvalidDataException) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Expected a form of at most 64 fields, but it has more or cannot be read.", CancellationToken.None);
        }
    });

    // Introspection and the directory feed are Host's own, which caches; strangers are refused there before any work.
    private static RateLimitPartition<string> Partition(HttpContext context, IdentitySettings settings) =>
        context.Request.Path.Value is "/connect/authorize" or "/connect/token" or "/signin"
            ? RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = settings.RequestsPerTenSeconds,
                TokensPerPeriod = Math.Max(1, settings.RequestsPerTenSeconds / 10),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter("");

    private static async Task RefuseAsync(HttpContext context, int status, string why, CancellationToken ct)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = 10.ToString(CultureInfo.InvariantCulture);
        }
        await context.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = why }, ct);
    }
}
