using Assize.Identity.Federation;
using static Assize.Identity.SignIn.SignInText;

namespace Assize.Identity.SignIn;

/// <summary>Where a person says which agency is theirs. It asks no agency anything, so a dead one holds up nobody else.</summary>
internal static class AgencyPage
{
    private const int Shown = 100;
    private const int SearchFrom = 8;

    public static async Task<IResult> ShowAsync(HttpContext context, AgencyChoices choices, [AsParameters] SignInRequest request, string? search, CancellationToken ct)
    {
        IReadOnlyList<AgencyChoice> all = await choices.ReadAsync(ct);
        AgencyChoice? last = all.FirstOrDefault(choice => choice.Id == AgencyCookie.Read(context));
        IReadOnlyList<AgencyChoice> found = string.IsNullOrWhiteSpace(search) ? all
            : [.. all.Where(choice => choice.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase))];
        return Page.Html(Say("Sign in with your agency"), $"""
            <h1 class="govuk-heading-l">{Page.Text(Say("Sign in with your agency"))}</h1>
            <p class="govuk-body">{Page.Text(Say("You sign in with the account that you use at work. Your password stays with your agency."))}</p>
            {(last is null ? "" : Last(last, request))}
            {(all.Count < SearchFrom ? "" : Search(request, search))}
            {(all.Count == 0 ? $"""<p class="govuk-body">{Page.Text(Say("No agency has connected its sign-in yet."))}</p>""" : List(found, request, search))}
            """);
    }

    private static string Last(AgencyChoice choice, SignInRequest request) => $"""
        <p class="govuk-body">{Page.Text(Say("You used this one last time:"))}</p>
        <a href="{Start(choice, request)}" role="button" draggable="false" class="govuk-button">{Page.Text(Say("Continue with {0}", choice.Name))}</a>
        <h2 class="govuk-heading-m">{Page.Text(Say("Or choose another agency"))}</h2>
        """;

    private static string Search(SignInRequest request, string? search) => $"""
        <form method="get" role="search">
          {string.Concat(request.Pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"""<input type="hidden" name="{pair.Key}" value="{Page.Text(pair.Value)}">"""))}
          <div class="govuk-form-group">
            <label class="govuk-label" for="search">{Page.Text(Say("Search by name"))}</label>
            <div id="search-hint" class="govuk-hint">{Page.Text(Say("For example, “Mersey”"))}</div>
            <input class="govuk-input govuk-!-width-two-thirds" id="search" name="search" type="search" autocomplete="off" aria-describedby="search-hint" value="{Page.Text(search)}">
          </div>
          <button type="submit" class="govuk-button govuk-button--secondary">{Page.Text(Say("Search"))}</button>
        </form>
        """;

    private static string List(IReadOnlyList<AgencyChoice> found, SignInRequest request, string? search) => found.Count == 0
        ? $"""<p class="govuk-body">{Page.Text(Say("No agency’s name contains “{0}”. Check the spelling, or search for a part of the name.", search))}</p>"""
        : $"""
        <ul class="govuk-list govuk-list--spaced">
          {string.Concat(found.Take(Shown).Select(choice => $"""<li><a class="govuk-link" href="{Start(choice, request)}">{Page.Text(choice.Name)}</a></li>"""))}
        </ul>
        {(found.Count > Shown ? $"""<p class="govuk-body">{Page.Text(Say("These are the first {0} of {1}. Search for yours by name.", Shown, found.Count))}</p>""" : "")}
        """;

    private static string Start(AgencyChoice choice, SignInRequest request) => Page.Text("/signin/start" + (request with { Agency = choice.Id }).Query);
}

/// <summary>Remembers the choice, and only the choice: it signs nobody in.</summary>
internal static class AgencyCookie
{
    public static string? Read(HttpContext context) => context.Request.Cookies[Name(context)];

    public static void Write(HttpContext context, string agency) => context.Response.Cookies.Append(Name(context), agency, new CookieOptions
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = TimeSpan.FromDays(180),
        IsEssential = true,
    });

    private static string Name(HttpContext context) => context.Request.IsHttps ? "__Host-assize-agency" : "assize-agency";
}
