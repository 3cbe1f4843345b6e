using System.Text.Encodings.Web;
using static Assize.Identity.SignIn.SignInText;

namespace Assize.Identity.SignIn;

/// <summary>The frame of every page. Not Razor: Host in the same process would take this assembly's pages for its own.</summary>
internal static class Page
{
    public static string Text(string? value) => HtmlEncoder.Default.Encode(value ?? "");

    /// <param name="isEnglish">The body is in English, whatever language was chosen.</param>
    public static IResult Html(string title, string body, int status = StatusCodes.Status200OK, bool isEnglish = false) => new PageAnswer(title, body, status, isEnglish);
}

/// <summary>A page, written for the request that it answers: the way to the other language leads back to it.</summary>
internal sealed class PageAnswer(string title, string body, int status, bool isEnglish) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(Whole(httpContext.Request), httpContext.RequestAborted);
    }

    private string Whole(HttpRequest request) => $"""
        <!DOCTYPE html>
        <html lang="{Languages.Code}" class="govuk-template">
        <head>
          <meta charset="utf-8">
          <title>{Page.Text(title)} - Assize</title>
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
          <link rel="stylesheet" href="/lib/govuk/govuk-frontend.min.css">
          <link rel="icon" href="data:,">
        </head>
        <body class="govuk-template__body">
          <a href="#main-content" class="govuk-skip-link">{Page.Text(Say("Skip to main content"))}</a>
          <header class="govuk-service-navigation">
            <div class="govuk-width-container"><div class="govuk-service-navigation__container">
              <span class="govuk-service-navigation__service-name"><span class="govuk-service-navigation__text">Assize</span></span>
              {(HttpMethods.IsGet(request.Method) ? Switch(request) : "")}
            </div></div>
          </header>
          <div class="govuk-width-container">
            <main class="govuk-main-wrapper" id="main-content"{(isEnglish && Languages.IsWelsh ? " lang=\"en\"" : "")}>
              <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
        {body}
              </div></div>
            </main>
          </div>
        </body>
        </html>
        """;

    private static string Switch(HttpRequest request) => $"""
        <nav aria-label="{Page.Text(Say("Language"))}" class="govuk-service-navigation__wrapper"><ul class="govuk-service-navigation__list">
          <li class="govuk-service-navigation__item"><a class="govuk-service-navigation__link" href="{Page.Text(Languages.Switch(request))}" lang="{Languages.Other.Code}" hreflang="{Languages.Other.Code}" rel="alternate">{Languages.Other.Name}</a></li>
        </ul></nav>
        """;
}
