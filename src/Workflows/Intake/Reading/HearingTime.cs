using System.Globalization;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Turns a police message's hearing time into London's clock, which the canonical form shows.</summary>
/// <remarks>
/// Most forces send UTC. Eighteen send their own clock and label it UTC all the same, so for them the digits count
/// and the zone does not: ten o'clock in July is ten o'clock. Which forces these are is a fact of the list of forces.
/// </remarks>
internal static class HearingTime
{
    public static string ToLondon(string sent, DateOnly day, bool senderUsesLocalTime)
    {
        if (ClockTime.Read(sent) is not { } clock)
        {
            return sent;
        }

        TimeOnly time = senderUsesLocalTime
            ? clock.Time
            : TimeOnly.FromDateTime(LondonTime.At(new ClockTime(clock.Time, clock.Offset ?? TimeSpan.Zero).On(day)).DateTime);
        return time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }
}
