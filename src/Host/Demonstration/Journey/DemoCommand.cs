using Assize.Host.Operations;

namespace Assize.Host.Demonstration.Journey;

/// <summary><c>./run demo</c>: takes a case from the message to its outcome over HTTP, against a running Host or one of its own.</summary>
internal static class DemoCommand
{
    /// <param name="settings">Where Host and Identity are.</param>
    /// <param name="start">Starts Host in this process; used where none answers.</param>
    /// <returns>0 where the outcome was reached.</returns>
    public static Task<int> RunAsync(HostSettings settings, Func<Task<IAsyncDisposable>> start) => RunAsync(settings, start, RunAsync);

    /// <summary><c>./run demo reset-clock</c>: business time is real time again. What timers have done stays done.</summary>
    public static Task<int> ResetClockAsync(HostSettings settings, Func<Task<IAsyncDisposable>> start) => RunAsync(settings, start, ResetClockAsync);

    private static async Task<int> RunAsync(HostSettings settings, Func<Task<IAsyncDisposable>> start, Func<HostSettings, HttpClient, Narrator, Task> story)
    {
        using var http = new HttpClient { BaseAddress = settings.HostUrl };
        await using var own = await AnswersAsync(http) ? null : await start();
        try
        {
            await story(settings, http, new Narrator(Console.Out));
            return 0;
        }
        catch (Exception error) when (error is DemonstrationFailed or HttpRequestException)
        {
            Console.Error.WriteLine($"The demonstration did not reach its outcome. {error.Message}");
            return 1;
        }
    }

    private static async Task RunAsync(HostSettings settings, HttpClient http, Narrator narrator)
    {
        var signIn = new SignIn(settings.IdentityUrl);
        var cast = new Cast(http, signIn, await signIn.PeopleAsync(), settings);
        var clock = new ClockHand(cast.PoliceSystem, narrator);
        var now = await clock.ReadAsync();

        var journey = JourneyFile.Find(settings.DataFolder);
        narrator.Say(journey is null ? "A new demonstration case" : $"Going on with demonstration case {journey.Urn}");
        if (journey is null)
        {
            journey = Submitting.Begin(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(now, "Europe/London").DateTime));
            journey.Save(settings.DataFolder);
        }

        await new Submitting(cast, narrator).SubmitAsync(journey);
        var refusals = new Refusals(cast, narrator);
        var outcome = await new CaseWalk(cast, clock, refusals, narrator).ToOutcomeAsync(journey.Urn);
        JourneyFile.Remove(settings.DataFolder);
        narrator.Say($"Outcome of case {journey.Urn}: {outcome}");
        await clock.SayHowFarAsync();
    }

    private static async Task ResetClockAsync(HostSettings settings, HttpClient http, Narrator narrator)
    {
        var signIn = new SignIn(settings.IdentityUrl);
        var cast = new Cast(http, signIn, await signIn.PeopleAsync(), settings);
        await new ClockHand(cast.PoliceSystem, narrator).ResetAsync();
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
