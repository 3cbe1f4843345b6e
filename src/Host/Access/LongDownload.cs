using Assize.Pacing;

namespace Assize.Host.Access;

/// <summary>Downloads that take their time. What access let begin goes on no longer than five seconds after the access ended, and then breaks off instead of ending.</summary>
internal static class LongDownload
{
    /// <param name="mayStill">Asked again every two seconds, after the session behind the request was found to live.</param>
    public static async Task WriteAsync(HttpContext http, Func<CancellationToken, Task<bool>> mayStill, Func<CancellationToken, Task> write)
    {
        SessionCheck sessions = http.RequestServices.GetRequiredService<SessionCheck>();
        string? token = SessionCheck.Token(http);
        await LongAnswer.WriteAsync(
            http, http.RequestServices.GetRequiredService<TimeProvider>(), async ct => (token is null || await sessions.LivesOnAsync(token, ct)) && await mayStill(ct), write);
    }

    /// <summary>The same where only the session can end: whatever else is asked, is asked of each part.</summary>
    public static Task WriteAsync(HttpContext http, Func<CancellationToken, Task> write) => WriteAsync(http, _ => Task.FromResult(true), write);
}
