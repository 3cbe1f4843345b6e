using Assize.Identity.SignIn;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using static Assize.Identity.SignIn.SignInText;

namespace Assize.Identity.Sessions;

/// <summary>Where a person sees from where they are signed in, and ends what they do not know.</summary>
internal static class SessionsPage
{
    public static void MapSessionsPage(this WebApplication app)
    {
        app.MapGet("/sessions", ShowAsync);
        app.MapPost("/sessions/{id}/end", EndAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, SessionRegister sessions, IdentityDb db, IAntiforgery antiforgery, IdentitySettings settings, CancellationToken ct)
    {
        if (await sessions.LiveAsync(await SessionCookie.ReadAsync(context), ct) is not { } here)
        {
            return TypedResults.Redirect("/signin?returnUrl=%2Fsessions");
        }
        DateTimeOffset now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        List<PersonSession> live = await db.Sessions.AsNoTracking().Include(session => session.Clients)
            .Where(session => session.Subject == here.Subject && session.EndedAt == null && session.ExpiresAt > now)
            .OrderByDescending(session => session.StartedAt).Take(100).ToListAsync(ct);
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        string form = $"""<input type="hidden" name="{tokens.FormFieldName}" value="{Page.Text(tokens.RequestToken)}">""";
        return Page.Html(Say("Where you are signed in"), $"""
            <h1 class="govuk-heading-l">{Page.Text(Say("Where you are signed in"))}</h1>
            <p class="govuk-body">{Page.Text(Say("End a session that you do not know, and tell your agency’s administrator. Ending it signs that browser out everywhere within five seconds."))}</p>
            {string.Concat(live.Select(session => Card(session, session.Id == here.Id, form)))}
            <p class="govuk-body"><a class="govuk-link" href="{Page.Text(settings.HostUrl.AbsoluteUri)}">{Page.Text(Say("Go back to Assize"))}</a></p>
            """);
    }

    private static async Task<IResult> EndAsync(HttpContext context, string id, SessionRegister sessions, IdentityDb db, IAntiforgery antiforgery)
    {
        CancellationToken ct = context.RequestAborted;
        if (await sessions.LiveAsync(await SessionCookie.ReadAsync(context), ct) is not { } here)
        {
            return TypedResults.Redirect("/signin?returnUrl=%2Fsessions");
        }
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return ErrorPage.Show(StatusCodes.Status400BadRequest, "This page was open for too long", "No session was ended. Go back, reload the page and try again.");
        }

        // Somebody else's session is answered like one that never was.
        if (!await db.Sessions.AnyAsync(session => session.Id == id && session.Subject == here.Subject, ct))
        {
            return ErrorPage.Show(StatusCodes.Status404NotFound, "Session not found", "No session was ended. Go back to your sessions.");
        }
        await sessions.EndAsync(id, "The person ended it.", ct);
        if (id == here.Id)
        {
            await context.SignOutAsync(Connect.IdentityCookie.Scheme);
            return SignOutPage.Done();
        }
        return TypedResults.Redirect("/sessions");
    }

    private static string Card(PersonSession session, bool here, string form) => $"""
        <div class="govuk-summary-card">
          <div class="govuk-summary-card__title-wrapper">
            <h2 class="govuk-summary-card__title">{Page.Text(Say(here ? "This browser" : "Another browser"))}</h2>
            <form class="govuk-summary-card__actions" method="post" action="/sessions/{Page.Text(session.Id)}/end">{form}
              <button type="submit" class="govuk-button govuk-button--warning govuk-!-margin-bottom-0">{Page.Text(Say("End"))}<span class="govuk-visually-hidden"> {Page.Text(Say("the session that began {0}", Time(session.StartedAt)))}</span></button>
            </form>
          </div>
          <div class="govuk-summary-card__content"><dl class="govuk-summary-list">
            {Row("Signed in", Time(session.StartedAt))}
            {Row("Last seen", Time(session.SeenAt))}
            {Row("From the network", session.AddressHint ?? Say("not known"))}
            {Row("Second factor", Say(session.Acr == "2" ? "yes" : "no"))}
            {Row("Used for", session.Clients.Count == 0 ? Say("nothing yet") : string.Join(", ", session.Clients.Select(client => client.ClientId).Order(StringComparer.Ordinal)))}
          </dl></div>
        </div>
        """;

    private static string Row(string key, string value) =>
        $"""<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{Page.Text(Say(key))}</dt><dd class="govuk-summary-list__value">{Page.Text(value)}</dd></div>""";

    private static readonly TimeZoneInfo s_london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static string Time(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, s_london).ToString("d MMMM yyyy, HH:mm", Languages.Culture);
}
