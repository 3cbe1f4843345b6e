using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Assize.Host.Wording;

/// <summary>English or Welsh: as the person chose on a page, which a cookie keeps, or else as their browser asks. The API speaks English.</summary>
public static class Languages
{
    public const string Welsh = "cy";
    public const string Parameter = "language";

    private const string English = "en";
    private const string Cookie = "assize-language";
    private static readonly CultureInfo s_british = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo s_welsh = CultureInfo.GetCultureInfo(Welsh);
    private static readonly string[] s_notPages = ["/api", "/elsa", "/lib", "/health", "/metrics", "/scalar", "/openapi"];

    public static bool IsWelsh => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Welsh;

    public static string Code => IsWelsh ? Welsh : English;

    /// <summary>Of dates in words.</summary>
    public static CultureInfo Culture => IsWelsh ? s_welsh : s_british;

    /// <summary>The other language, by its code and its own name.</summary>
    public static (string Code, string Name) Other => IsWelsh ? (English, "English") : (Welsh, "Cymraeg");

    /// <summary>This page in the other language.</summary>
    public static string Switch(HttpRequest request) => Here(request, request.Query.Where(pair => pair.Key != Parameter).Append(new(Parameter, Other.Code)));

    public static void AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddTransient(typeof(Microsoft.Extensions.Localization.IStringLocalizer<>), typeof(SpokenText<>));
        services.Configure<RequestLocalizationOptions>(options =>
        {
            // Numbers and dates are read and written as before, whichever language is spoken.
            options.DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, s_british);
            options.SupportedCultures = [CultureInfo.InvariantCulture];
            options.SupportedUICultures = [s_british, s_welsh];
            options.RequestCultureProviders = [new CustomRequestCultureProvider(Chosen), new AcceptLanguageHeaderRequestCultureProvider()];
        });
    }

    public static void UseLanguages(this WebApplication app) => app.UseWhen(
        context => !s_notPages.Any(path => context.Request.Path.StartsWithSegments(path)),
        pages => pages.Use(KeepAsync).UseRequestLocalization());

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
