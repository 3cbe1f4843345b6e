using Assize.Identity.Sessions;

namespace Assize.Identity.SignIn;

/// <summary>Starts a session, and goes on by GET whatever the method was.</summary>
internal sealed class SignInAndGo(SignedIn who, string url) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await SessionCookie.SignInAsync(httpContext, who);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
    }
}
