using Microsoft.Extensions.Primitives;

namespace Assize.Identity.Operations;

/// <summary>
/// A parameter that is sent twice is refused (RFC 6749, section 3.1): whatever stands between a client and this server may go by the first, and this
/// server by the last.
/// </summary>
internal static class OneOfEach
{
    // These may be repeated (RFC 8693, section 2.1; RFC 8707, section 2).
    private static readonly string[] s_repeatable = ["resource", "audience"];

    public static void UseOneOfEach(this WebApplication app) => app.Use(async (context, next) =>
    {
        HttpRequest request = context.Request;
        if (request.Path.StartsWithSegments("/connect")
            && (IsTwice(request.Query) || (request.HasFormContentType && IsTwice(await request.ReadFormAsync(context.RequestAborted)))))
        {
            await RequestLimits.RefuseAsync(context, StatusCodes.Status400BadRequest, "Expected every parameter once, but one of them is there more than once.", context.RequestAborted);
            return;
        }
        await next(context);
    });

    private static bool IsTwice(IEnumerable<KeyValuePair<string, StringValues>> parameters) =>
        parameters.Any(parameter => parameter.Value.Count > 1 && !s_repeatable.Contains(parameter.Key));
}
