using System.Text.Encodings.Web;

namespace Assize.Identity.SignIn;

/// <summary>The frame of every page. Not Razor: Host in the same process would take this assembly's pages for its own.</summary>
internal static class Page
{
    public static string Text(string? value) => HtmlEncoder.Default.Encode(value ?? "");

    public static IResult Html(string title, string body, int status = StatusCodes.Status200OK) => TypedResults.Content($"""
        <!DOCTYPE html>
        <html lang="en" class="govuk-template">
        <head>
          <meta charset="utf-8">
          <title>{Text(title)} - Assize</title>
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
          <link rel="stylesheet" href="/lib/govuk/govuk-frontend.min.css">
          <link rel="icon" href="data:,">
        </head>
        <body class="govuk-template__body">
          <a href="#main-content" class="govuk-skip-link">Skip to main content</a>
          <header class="govuk-service-navigation">
            <div class="govuk-width-container"><div class="govuk-service-navigation__container">
              <span class="govuk-service-navigation__service-name"><span class="govuk-service-navigation__text">Assize</span></span>
            </div></div>
          </header>
          <div class="govuk-width-container">
            <main class="govuk-main-wrapper" id="main-content">
              <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
        {body}
              </div></div>
            </main>
          </div>
        </body>
        </html>
        """, "text/html; charset=utf-8", statusCode: status);
}
