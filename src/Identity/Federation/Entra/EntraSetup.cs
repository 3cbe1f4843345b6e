using Assize.Identity.Federation.Enrolment;
using Assize.Identity.Federation.Outbound;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Assize.Identity.Federation.Entra;

/// <summary>Entra ID tenants by way of Microsoft.Identity.Web: one registration of ours, as many tenants as are enrolled.</summary>
internal static class EntraSetup
{
    public const string Scheme = "entra";
    public const string CallbackPath = "/signin/entra";

    public static void AddEntra(this IServiceCollection services, IdentitySettings settings)
    {
        if (settings.Entra is not { } entra)
        {
            return;
        }
        services.AddScoped<EntraArrival>();
        services.AddAuthentication().AddMicrosoftIdentityWebApp(
            options =>
            {
                options.Instance = entra.Instance.AbsoluteUri;
                options.TenantId = "organizations";
                options.ClientId = entra.ClientId;
                options.ClientSecret = entra.ClientSecret;
                options.CallbackPath = CallbackPath;
                options.ResponseType = OpenIdConnectResponseType.Code;
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                options.UsePkce = true;
                options.MapInboundClaims = false;
                options.SaveTokens = false;
            },
            configureCookieAuthenticationOptions: null, openIdConnectScheme: Scheme, cookieScheme: null);

        // The issuer check of the library fetches with a client of its own.
        services.Configure<AadIssuerValidatorOptions>(validator => validator.HttpClientName = OutboundSetup.Client);
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<OutboundRules, UpstreamRegistry>((options, rules, registry) =>
        {
            options.SignInScheme = Connect.IdentityCookie.Scheme;
            options.BackchannelHttpHandler = new GuardedHandler(rules);
            options.GetClaimsFromUserInfoEndpoint = false;
            options.TokenValidationParameters.ValidAlgorithms = [EntraArrival.Algorithm];
            options.TokenValidationParameters.RequireSignedTokens = true;
            options.ProtocolValidator.RequireNonce = true;
            options.TokenValidationParameters.IssuerValidator = EntraIssuer.Wrap(options.TokenValidationParameters.IssuerValidator, entra, registry);
            foreach (CookieBuilder cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            }
            options.Events.OnRedirectToIdentityProvider = EntraArrival.AskAsync;
            options.Events.OnTokenValidated = context => context.HttpContext.RequestServices.GetRequiredService<EntraArrival>().ReceiveAsync(context);
            options.Events.OnRemoteFailure = async failed =>
            {
                failed.HandleResponse();
                if (failed.Properties?.Items.TryGetValue(EntraArrival.TriedEnrolment, out string? tried) == true)
                {
                    await failed.HttpContext.RequestServices.GetRequiredService<TestSignIn>().FailedAsync(
                        tried!, $"The tenant's answer could not be used: {failed.Failure?.Message ?? "no reason was given"}", failed.HttpContext.RequestAborted);
                }
                await ErrorPage.Show(StatusCodes.Status400BadRequest, "This sign-in cannot go on",
                    "Your agency's sign-in did not complete, or its answer cannot be trusted. Nothing was changed. Go back to the application and start again.").ExecuteAsync(failed.HttpContext);
            };
        });
    }
}
