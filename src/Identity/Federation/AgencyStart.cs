using Assize.Identity.SignIn;

namespace Assize.Identity.Federation;

/// <summary>Sends a person to the agency that they chose.</summary>
internal static class AgencyStart
{
    public static async Task<IResult> HandleAsync(HttpContext context, AgencyChoices choices, Departure departure, [AsParameters] SignInRequest request, CancellationToken ct)
    {
        if (await choices.FindAsync(request.Agency, ct) is not { } upstream || !await departure.IsKnownAsync(upstream, Registrations.LiveKey(upstream.Id), ct))
        {
            return ErrorPage.Show(StatusCodes.Status400BadRequest, "This agency cannot sign in here",
                "The agency is unknown here or its sign-in was withdrawn. Nothing was changed. Go back and choose another, or ask your agency's administrator.");
        }
        AgencyCookie.Write(context, upstream.Id);
        string key = Registrations.LiveKey(upstream.Id);
        return await departure.AnswersAsync(upstream, key, ct) ? Departure.Go(upstream, key, request) : ErrorPage.Show(StatusCodes.Status503ServiceUnavailable,
            "Your agency's sign-in does not answer", "Nothing was changed. Wait a few minutes and try again. If it goes on, tell your agency's administrator.");
    }
}
