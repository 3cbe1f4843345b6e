using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assize.Host.Tests;

/// <summary>Signs in whom a header names.</summary>
internal sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "header";
    public const string Header = "X-Test-Subject";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Cast.Principal(Request.Headers[Header].ToString()) is { } principal
            ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme))
            : AuthenticateResult.NoResult());
}
