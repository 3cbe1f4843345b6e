using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Diagnostics;
using static Assize.Identity.SignIn.SignInText;

namespace Assize.Identity.SignIn;

internal static class ErrorPage
{
    /// <summary>A page where a browser was refused without one, the protocol's own errors among them.</summary>
    public static Task AnswerAsync(StatusCodeContext context)
    {
        HttpContext http = context.HttpContext;
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return http.GetOpenIddictServerResponse() is { } error
                ? http.Response.WriteAsJsonAsync(new { error = error.Error, error_description = error.ErrorDescription })
                : Task.CompletedTask;
        }
        int status = http.Response.StatusCode;
        (string title, string what) = http.GetOpenIddictServerResponse() is { Error: { } code } refused
            ? ("This sign-in cannot go on", $"The application that sent you here made a request that is not allowed: {refused.ErrorDescription} ({code}). Nothing was changed. Go back to the application and start again.")
            : status == StatusCodes.Status404NotFound
                ? ("Page not found", "Check the address, or go back to the application and start again.")
                : ("Sorry, that did not work", "Nothing was changed. Go back to the application and start again.");
        return Show(status, title, what).ExecuteAsync(http);
    }

    public static IResult Show(int status, string title, string what) => Page.Html(Say(title), $"""
        <h1 class="govuk-heading-l">{Page.Text(Say(title))}</h1>
        <p class="govuk-body">{Page.Text(Say(what))}</p>
        """, status, IsOnlyEnglish(what));
}
