using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Host.Tests.Access;

/// <summary>What a page's form carries for somebody, drawn as the host draws it: what is posted with it is refused for who they are, and not for where it came from.</summary>
internal sealed record FormToken(string Field, string Value, string Cookie)
{
    public static FormToken Of(IServiceProvider services, ClaimsPrincipal user)
    {
        var shown = new DefaultHttpContext { RequestServices = services, User = user };
        var tokens = services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(shown);
        return new FormToken(tokens.FormFieldName, tokens.RequestToken!, shown.Response.Headers.SetCookie.ToString().Split(';')[0]);
    }

    /// <summary>Makes the request one that the form sent.</summary>
    public void Fill(HttpRequestMessage request, params IEnumerable<(string Name, string Value)> values)
    {
        request.Headers.Add("Cookie", Cookie);
        request.Content = new FormUrlEncodedContent(values.Append((Field, Value)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
    }
}
