using Assize.Host.Api.Problems;

namespace Assize.Host.Designer;

/// <summary>Studio cannot send antiforgery tokens, and a cookie goes along from anywhere: so the browser has to say that our own page asked.</summary>
internal static class OwnPage
{
    public static ValueTask<object?> Required(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => Asks(context.HttpContext.Request)
        ? next(context)
        : ValueTask.FromResult<object?>(Refusal);

    /// <summary>The same for a path without endpoint filters: a hub's negotiation and its socket.</summary>
    public static void UseOwnPageOnly(this WebApplication app, PathString path) => app.Use((context, next) =>
        !context.Request.Path.StartsWithSegments(path) || Asks(context.Request) ? next(context) : Refusal.ExecuteAsync(context));

    private static ProblemResult Refusal => Problem.Forbidden("other-site", "This is for the designer's own page.");

    private static bool Asks(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        var own = $"{request.Scheme}://{request.Host}";
        return (origin.Length == 0 || origin == own)
            && (site is "same-origin" || (HttpMethods.IsGet(request.Method) && site is "" or "none") || (site.Length == 0 && origin == own));
    }
}
