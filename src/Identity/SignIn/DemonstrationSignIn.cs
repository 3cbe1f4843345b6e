using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Operations;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using static Assize.Identity.SignIn.SignInText;

namespace Assize.Identity.SignIn;

/// <summary>Signing in without a password, by choosing a name. Mapped in a demonstration only.</summary>
internal static class DemonstrationSignIn
{
    public static void MapDemonstrationSignIn(this WebApplication app)
    {
        app.MapGet("/signin", (HttpContext context, IdentityDb db, IAntiforgery antiforgery, string? returnUrl, string? acr, CancellationToken ct) =>
            ShowAsync(context, db, antiforgery, new Asked(returnUrl, acr), mistake: false, ct));
        app.MapPost("/signin", ChooseAsync);
    }

    private static async Task<IResult> ChooseAsync(HttpContext context, IdentityDb db, IAntiforgery antiforgery, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return ErrorPage.Show(StatusCodes.Status400BadRequest, "This page was open for too long", "Go back, reload the page and choose again.");
        }
        IFormCollection form = await context.Request.ReadFormAsync(ct);
        string returnUrl = form["returnUrl"].ToString();
        string subject = form["subject"].ToString();
        Account? person = await People(db).SingleOrDefaultAsync(account => account.Subject == subject, ct);
        if (person is null)
        {
            return await ShowAsync(context, db, antiforgery, new Asked(returnUrl, form["acr"]), mistake: true, ct);
        }
        if (context.RequestServices.GetRequiredService<Pace>().Subject(subject) is { } wait)
        {
            return new TooMany(wait);
        }
        string acr = form["acr"].ToString() == "2" ? "2" : "1";
        return new SignInAndGo(new SignedIn(person.Subject, person.AgencyId, acr), ReturnUrl.Local(returnUrl));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, IdentityDb db, IAntiforgery antiforgery, Asked asked, bool mistake, CancellationToken ct)
    {
        List<Agency> agencies = await db.Agencies.AsNoTracking().OrderBy(agency => agency.Name).ToListAsync(ct);
        List<Account> people = await People(db).OrderBy(person => person.Title).ThenBy(person => person.Name).ToListAsync(ct);
        Account? first = people.Find(person => person.AgencyId == agencies[0].Id);
        string list = string.Concat(agencies.Select(agency => Group(agency, people, first)));
        bool agency = await db.Upstreams.AnyAsync(upstream => upstream.Status == UpstreamStatus.Active, ct);
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        return Page.Html((mistake ? Say("Error:") + " " : "") + Say("Choose who to sign in as"), $"""
            {(mistake ? Summary() : "")}
            <form method="post" action="/signin" novalidate>
              <input type="hidden" name="{tokens.FormFieldName}" value="{Page.Text(tokens.RequestToken)}">
              <input type="hidden" name="returnUrl" value="{Page.Text(asked.ReturnUrl)}">
              <input type="hidden" name="acr" value="{Page.Text(asked.Acr)}">
              <div class="govuk-form-group{(mistake ? " govuk-form-group--error" : "")}">
                <fieldset class="govuk-fieldset" aria-describedby="subject-hint{(mistake ? " subject-error" : "")}">
                  <legend class="govuk-fieldset__legend govuk-fieldset__legend--l"><h1 class="govuk-fieldset__heading">{Page.Text(Say("Choose who to sign in as"))}</h1></legend>
                  <div id="subject-hint" class="govuk-hint">{Page.Text(Say("This is a demonstration. These people and their cases are invented, and there are no passwords."))}{(asked.Acr == "2" ? " " + Page.Text(Say("What you opened needs a second factor; choosing yourself again stands for it.")) : "")}</div>
                  {(mistake ? $"""<p id="subject-error" class="govuk-error-message"><span class="govuk-visually-hidden">{Page.Text(Say("Error:"))}</span> {Page.Text(Say("Select a person"))}</p>""" : "")}
                  <div class="govuk-radios">{list}</div>
                </fieldset>
              </div>
              <button type="submit" class="govuk-button">{Page.Text(Say("Sign in"))}</button>
            </form>
            {(agency ? $"""<p class="govuk-body"><a class="govuk-link" href="/signin/agencies{Page.Text(QueryString.Create("returnUrl", asked.ReturnUrl ?? "").Add("acr", asked.Acr ?? "").ToString())}">{Page.Text(Say("Sign in with your agency’s account instead"))}</a></p>""" : "")}
            """);
    }

    private static string Summary() => $"""
        <div class="govuk-error-summary"><div role="alert"><h2 class="govuk-error-summary__title">{Page.Text(Say("There is a problem"))}</h2>
        <div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#subject">{Page.Text(Say("Select a person"))}</a></li></ul></div></div></div>
        """;

    private static string Group(Agency agency, List<Account> people, Account? first) => $"""
        <div class="govuk-radios__divider govuk-!-width-full govuk-!-text-align-left"><strong>{Page.Text(agency.Name)}</strong></div>
        {string.Concat(people.Where(person => person.AgencyId == agency.Id).Select(person => Choice(person, agency, person == first ? "subject" : "subject-" + person.Subject)))}
        """;

    private static string Choice(Account person, Agency agency, string id) => $"""
        <div class="govuk-radios__item">
          <input class="govuk-radios__input" id="{Page.Text(id)}" name="subject" type="radio" value="{Page.Text(person.Subject)}" aria-describedby="{Page.Text(id)}-hint">
          <label class="govuk-label govuk-radios__label" for="{Page.Text(id)}">{Page.Text(person.Name)}</label>
          <div id="{Page.Text(id)}-hint" class="govuk-hint govuk-radios__hint">{Page.Text(person.Title)}, {Page.Text(agency.Name)}</div>
        </div>
        """;

    private static IQueryable<Account> People(IdentityDb db) =>
        db.Accounts.AsNoTracking().Where(account => !account.IsSystem && account.Status == AccountStatus.Active);

    /// <summary>Where the person was going, and how well they have to prove who they are.</summary>
    private sealed record Asked(string? ReturnUrl, string? Acr);
}
