using Assize.Identity.SignIn;
using OpenIddict.Abstractions;
using OpenIddict.Client;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>What whoever tries an agency's sign-in sees: before, and after they came back. They need no account here.</summary>
internal static class TestPages
{
    public static void MapTestSignIn(this WebApplication app)
    {
        app.MapGet("/signin/test/{id}", ShowAsync);
        app.MapGet("/signin/test/{id}/start", StartAsync);
    }

    /// <summary>The address of the link, which is all that the person who tries it needs.</summary>
    public static Uri Link(Uri server, string id, string ticket) => new(server, $"/signin/test/{id}?ticket={ticket}");

    private static async Task<IResult> ShowAsync(string id, string? ticket, TestSignIn tests, CancellationToken ct) => await tests.OpenAsync(id, ticket, ct) is not { } enrolment ? Closed()
        : Page.Html("Try your agency’s sign-in", $"""
            <h1 class="govuk-heading-l">Try the sign-in of {Page.Text(enrolment.AgencyName)}</h1>
            <p class="govuk-body">You sign in with the account that you use at work. This shows whether the connection works.</p>
            <ul class="govuk-list govuk-list--bullet">
              <li>No account is made for you here, and you are not signed in afterwards.</li>
              <li>The people who connect your agency see your name, your agency’s number for you, and what your agency says about this sign-in.</li>
            </ul>
            <a href="/signin/test/{Page.Text(enrolment.Id)}/start?ticket={Page.Text(ticket)}" role="button" draggable="false" class="govuk-button">Sign in at your agency</a>
            """, isEnglish: true);

    private static async Task<IResult> StartAsync(string id, string? ticket, TestSignIn tests, Departure departure, CancellationToken ct)
    {
        if (await tests.OpenAsync(id, ticket, ct) is not { } enrolment)
        {
            return Closed();
        }
        (Upstream upstream, string key) = (enrolment.Upstream(), Registrations.TestKey(enrolment.Id));
        if (!await departure.IsKnownAsync(upstream, key, ct) || !await departure.AnswersAsync(upstream, key, ct))
        {
            return Result(await tests.FailedAsync(id, "The provider did not answer, or its metadata changed since the checks. Run the checks again: they say what is wrong.", ct), null);
        }
        return Departure.Go(upstream, key, new SignInRequest { Acr = "2", Prompt = OpenIddictConstants.PromptValues.Login });
    }

    /// <summary>The last page of a test. Where the provider has a page to sign out, it is offered: that is the other half of the test.</summary>
    public static IResult Result(TestReport? report, Uri? signOut) => report is null ? Closed() : Page.Html(report.Passed ? "The sign-in works" : "The sign-in does not work yet", $"""
        <h1 class="govuk-heading-l">{(report.Passed ? "The sign-in works" : "The sign-in does not work yet")}</h1>
        <p class="govuk-body">{(report.Passed ? $"Your agency says that you are {Page.Text(report.Person)}. " : "")}No account was made and you are not signed in here. What came is written into the enrolment.</p>
        <dl class="govuk-summary-list">{string.Concat(report.Findings.Select(Row))}</dl>
        {(report.Passed ? SignOut(signOut) : "")}
        <p class="govuk-body">You can close this page. Tell the administrator who sent you the link that you have tried it.</p>
        """, isEnglish: true);

    private static string SignOut(Uri? address) => address is null
        ? """<p class="govuk-body">If your agency’s sign-in can tell others when you sign out, sign out there now. The administrator sees whether the message arrived.</p>"""
        : $"""<p class="govuk-body">One more step: <a class="govuk-link" href="{Page.Text(address.AbsoluteUri)}">sign out at your agency</a>. The administrator sees whether your agency tells this server.</p>""";

    private static string Row(CheckResult finding) => $"""
        <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{(finding.Outcome switch { CheckResult.Passed => "Works", CheckResult.Warning => "Look at this", _ => "Does not work" })}</dt>
        <dd class="govuk-summary-list__value">{Page.Text(finding.Detail)}</dd></div>
        """;

    private static IResult Closed() => ErrorPage.Show(StatusCodes.Status404NotFound, "This link cannot be used",
        "It is a day old, was replaced by another, or the enrolment has gone on. Nothing was changed. Ask the administrator who sent it for a new one.");

    public static async Task<Uri?> SignOutAsync(OpenIddictClientService client, OpenIddictClientRegistration registration, CancellationToken ct)
    {
        OpenIddictConfiguration said = await client.GetServerConfigurationByRegistrationIdAsync(registration.RegistrationId!, ct);
        return said.EndSessionEndpoint is { } address ? new Uri(address.AbsoluteUri + (address.Query.Length == 0 ? "?" : "&") + "client_id=" + Uri.EscapeDataString(registration.ClientId!)) : null;
    }
}
