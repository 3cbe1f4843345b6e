using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Assize.Identity.SignIn;

/// <summary>English or Welsh: as the person chose, here or in the application that sent them, or else as their browser asks.</summary>
internal static class Languages
{
    public const string Parameter = "language";
    public const string Welsh = "cy";

    private const string English = "en";
    private const string Cookie = "assize-language";
    private static readonly CultureInfo s_british = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo s_welsh = CultureInfo.GetCultureInfo(Welsh);

    public static bool IsWelsh => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Welsh;

    public static string Code => IsWelsh ? Welsh : English;

    public static CultureInfo Culture => IsWelsh ? s_welsh : s_british;

    public static (string Code, string Name) Other => IsWelsh ? (English, "English") : (Welsh, "Cymraeg");

    /// <summary>This page in the other language.</summary>
    public static string Switch(HttpRequest request) => Here(request, request.Query.Where(pair => pair.Key != Parameter).Append(new(Parameter, Other.Code)));

    public static void UseLanguages(this WebApplication app)
    {
        RequestLocalizationOptions options = new()
        {
            DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, s_british),
            SupportedCultures = [CultureInfo.InvariantCulture],
            SupportedUICultures = [s_british, s_welsh],
            RequestCultureProviders = [new CustomRequestCultureProvider(Chosen), new AcceptLanguageHeaderRequestCultureProvider()],
        };
        app.UseWhen(IsPage, pages => pages.Use(KeepAsync).UseRequestLocalization(options));
    }

    private static bool IsPage(HttpContext context) => context.Request.Path.StartsWithSegments("/signin") || context.Request.Path.StartsWithSegments("/sessions")
        || context.Request.Path.StartsWithSegments("/connect/logout") || context.Request.Path.StartsWithSegments("/connect/signed-out");

    private static Task<ProviderCultureResult?> Chosen(HttpContext context) => Task.FromResult(context.Request.Cookies[Cookie] switch
    {
        Welsh => new ProviderCultureResult("", Welsh),
        English => new ProviderCultureResult("", s_british.Name),
        _ => null,
    });

    // The choice leaves the address again, so that a link that is passed on chooses for nobody else.
    private static Task KeepAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Query[Parameter].ToString() is not (Welsh or English))
        {
            return next(context);
        }
        context.Response.Cookies.Append(Cookie, request.Query[Parameter].ToString(), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = request.IsHttps,
        });
        context.Response.Redirect(Here(request, request.Query.Where(pair => pair.Key != Parameter)));
        return Task.CompletedTask;
    }

    // One slash at the beginning: two would name another host.
    private static string Here(HttpRequest request, IEnumerable<KeyValuePair<string, StringValues>> query) =>
        "/" + request.Path.ToUriComponent().TrimStart('/', '\\') + QueryString.Create(query).ToUriComponent();
}
