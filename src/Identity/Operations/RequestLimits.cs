using Assize.Identity.Administration;
using Assize.Identity.Scim;
using Assize.Identity.SignIn;
using Assize.Pacing;
using Microsoft.AspNetCore.Http.Features;

namespace Assize.Identity.Operations;

/// <summary>Small bodies and a bounded pace: what strangers may make this server work.</summary>
internal static class RequestLimits
{
    private const int LargestBody = 64 * 1024;

    // Where a client proves who it is; anywhere else what looks like a proof is something that a stranger wrote.
    private static readonly string[] s_proofs = ["/connect/token", "/connect/par", "/connect/introspect", "/connect/revoke"];

    public static void Apply(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
        builder.Services.Configure<FormOptions>(forms => forms.ValueCountLimit = 64);
        builder.Services.AddSingleton<Pace>();
    }

    /// <summary>A body too large, or with too many fields, is the sender's fault and not a crash; and nobody may ask without end.</summary>
    public static void UseRequestLimits(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            if (await AllowedAsync(context, app.Services.GetRequiredService<Pace>()))
            {
                await next(context);
            }
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

    internal static Task RefuseAsync(HttpContext context, int status, string why, CancellationToken ct, string retryAfter = "10")
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }
        if (context.Request.Path.StartsWithSegments("/scim"))
        {
            return ScimAnswer.Error(status, null, why).ExecuteAsync(context);
        }
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            Problem problem = new(status, status == StatusCodes.Status429TooManyRequests ? "too_many_requests" : "unreadable", why, null);
            return TypedResults.Json(problem, BodyReader.Json, "application/problem+json", status).ExecuteAsync(context);
        }
        return context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? ErrorPage.Show(status, status == StatusCodes.Status429TooManyRequests ? "Too many requests" : "Sorry, that did not work", why).ExecuteAsync(context)
            : context.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = why }, ct);
    }

    private static async Task<bool> AllowedAsync(HttpContext context, Pace pace)
    {
        PathString path = context.Request.Path;
        string address = TokenBuckets.Key(context.Connection.RemoteIpAddress);
        if (path.StartsWithSegments("/api"))
        {
            // Host asks there for everybody from one address, so only tokens that nobody gave out are counted.
            return await CountedAsync(context, pace.MayBeStrange(address), status => status is StatusCodes.Status401Unauthorized, () => pace.Strange(address));
        }
        if (!path.StartsWithSegments("/connect") && !path.StartsWithSegments("/signin")
            && !path.StartsWithSegments("/sessions") && !path.StartsWithSegments("/scim"))
        {
            return true;
        }
        if (await ProvesAClientAsync(context))
        {
            // Host signs in everybody from one address, so only what fails is counted there.
            return await CountedAsync(context, pace.MayFail(address), status => status is StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized, () => pace.Failed(address));
        }
        if (pace.Address(address) is { } wait)
        {
            await new TooMany(wait).ExecuteAsync(context);
            return false;
        }
        return true;
    }

    private static async Task<bool> CountedAsync(HttpContext context, bool may, Func<int, bool> counts, Action count)
    {
        if (!may)
        {
            await new TooMany(TimeSpan.FromSeconds(1)).ExecuteAsync(context);
            return false;
        }
        context.Response.OnCompleted(() =>
        {
            if (counts(context.Response.StatusCode))
            {
                count();
            }
            return Task.CompletedTask;
        });
        return true;
    }

    private static async Task<bool> ProvesAClientAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || !s_proofs.Any(path => context.Request.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form.ContainsKey("client_assertion") || form.ContainsKey("client_secret") || context.Request.Headers.Authorization.Count > 0;
    }
}
