using System.Globalization;
using Assize.Pacing;

namespace Assize.Host.Operations;

/// <summary>How often one address may begin or end a sign-in: each beginning is a signed request, and a row at the identity server. Each process counts for itself.</summary>
internal sealed class SignInPace(HostSettings settings) : IDisposable
{
    private readonly TokenBuckets _asked = new(settings.SignInsPerTenSeconds);
    private readonly TokenBuckets _failed = new(settings.SignInsPerTenSeconds);

    /// <summary>Null: go on. Otherwise how long to wait.</summary>
    public TimeSpan? Ask(string address) => _asked.Take(address);

    /// <summary>The identity server tells of everybody's end from one address, so only logout tokens that are not right are counted.</summary>
    public bool MayFail(string address) => _failed.HasLeft(address);

    public void Failed(string address) => _failed.Take(address);

    public void Dispose()
    {
        _asked.Dispose();
        _failed.Dispose();
    }
}

/// <summary>429 in words, with when to come back, for whoever asks too often.</summary>
internal static class SignInPacing
{
    public static IApplicationBuilder UseSignInPace(this IApplicationBuilder app, SignInPace pace) => app.Use(async (context, next) =>
    {
        var address = TokenBuckets.Key(context.Connection.RemoteIpAddress);
        if (context.Request.Path.StartsWithSegments("/signout/backchannel"))
        {
            if (!pace.MayFail(address))
            {
                Refuse(context, TimeSpan.FromSeconds(1));
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
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
