using Microsoft.AspNetCore.Antiforgery;
using static Assize.Identity.SignIn.SignInText;

namespace Assize.Identity.SignIn;

internal static class SignOutPage
{
    public static IResult Ask(HttpContext context, IAntiforgery antiforgery)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        string fields = string.Concat(context.Request.Query.SelectMany(pair => pair.Value, (pair, value) =>
            $"""<input type="hidden" name="{Page.Text(pair.Key)}" value="{Page.Text(value)}">"""));
        return Page.Html(Say("Sign out"), $"""
            <h1 class="govuk-heading-l">{Page.Text(Say("Do you want to sign out?"))}</h1>
            <form method="post" action="/connect/logout">
              <input type="hidden" name="{tokens.FormFieldName}" value="{Page.Text(tokens.RequestToken)}">{fields}
              <button type="submit" class="govuk-button">{Page.Text(Say("Sign out"))}</button>
            </form>
            """);
    }

    /// <summary>Signed out here, and perhaps not where the person signed in.</summary>
    public static IResult Offer(string agency, Uri there, string next) => Page.Html(Say("You have signed out"), $"""
        <h1 class="govuk-heading-l">{Page.Text(Say("You have signed out"))}</h1>
        <p class="govuk-body">{Page.Text(Say("You may still be signed in at {0}. If others use this computer, sign out there, too.", agency))}</p>
        <a href="{Page.Text(there.AbsoluteUri)}" role="button" draggable="false" class="govuk-button">{Page.Text(Say("Sign out at {0}", agency))}</a>
        <p class="govuk-body"><a class="govuk-link" href="{Page.Text(next)}">{Page.Text(Say("Stay signed in there"))}</a></p>
        """);

    public static IResult Done() => Page.Html(Say("You have signed out"), $"""<h1 class="govuk-heading-l">{Page.Text(Say("You have signed out"))}</h1>""");
}
