using System.Security.Claims;
using Assize.Identity.Connect;
using Microsoft.AspNetCore.Authentication;

namespace Assize.Identity.SignIn;

/// <summary>Sets the cookie, and goes on by GET whatever the method was.</summary>
internal sealed class SignInAndGo(ClaimsPrincipal principal, string url) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await httpContext.SignInAsync(IdentityCookie.Scheme, principal);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
    }
}
