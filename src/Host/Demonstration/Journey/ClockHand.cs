using Assize.Host.Api.Contracts;

namespace Assize.Host.Demonstration.Journey;

/// <summary>Reads and moves the business clock of a running demonstration; for the story it only ever moves it on.</summary>
internal sealed class ClockHand(ApiCaller caller, Narrator narrator)
{
    private const string Path = "/api/v1/demonstration/clock";

    public async Task<DateTimeOffset> ReadAsync() => narrator.Now = (await caller.GetAsync<ClockAnswer>(Path)).Now;

    /// <summary>The clock stays where the story left it: set back, the case would have ended in the future.</summary>
    public async Task SayHowFarAsync()
    {
        var now = await caller.GetAsync<ClockAnswer>(Path);
        narrator.Now = now.Now;
        narrator.Say($"The business clock stays at {now.Now:d MMM yyyy HH:mm} UTC, {System.Xml.XmlConvert.ToTimeSpan(now.Offset).TotalDays:0.#} days from real time. './run demo reset-clock' sets it back; what timers did stays done.");
    }

    public async Task ResetAsync()
    {
        var now = await caller.PutAsync<ClockAnswer>(Path, new ClockRequest(Offset: "PT0S"));
        narrator.Now = now.Now;
        narrator.Say("The business clock is at real time again. What timers did stays done.");
    }

    /// <summary>False where there is no such instant.</summary>
    public async Task<bool> MoveToAsync(DateTimeOffset? instant)
    {
        if (instant is null)
        {
            return false;
        }

        if (await ReadAsync() >= instant)
        {
            // The timer is due, and the pump will come round to it.
            await Task.Delay(500);
            return true;
        }

        narrator.Now = (await caller.PutAsync<ClockAnswer>(Path, new ClockRequest(Now: instant.Value.AddMinutes(1)))).Now;
        narrator.Say($"  the business clock was moved on to {narrator.Now:d MMM yyyy HH:mm} UTC");
        return true;
    }
}
