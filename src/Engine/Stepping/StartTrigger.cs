using System.Globalization;
using Assize.Engine.Stepping.Activities;

namespace Assize.Engine.Stepping;

/// <summary>A step by which a published workflow begins.</summary>
/// <param name="EventName">Event only.</param>
/// <param name="Schedule">Timer: its interval. Cron: its expression, in London time. StartAt: its instant. Empty for an event.</param>
public sealed record StartTrigger(string ActivityId, StartTriggerKind Kind, string EventName, string Schedule)
{
    /// <summary>When a trigger that is published now comes due first; null for an event, and for an instant that is past.</summary>
    public DateTimeOffset? FirstDue(DateTimeOffset now) => Kind switch
    {
        StartTriggerKind.Timer => now + Interval,
        StartTriggerKind.Cron => CronSchedule.Next(Schedule, now),
        StartTriggerKind.StartAt => Instant > now ? Instant : null,
        _ => null,
    };

    /// <summary>When it comes due after it fired; what was missed meanwhile is not made up for.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset due, DateTimeOffset now) => Kind switch
    {
        StartTriggerKind.Timer => due + (Interval * (Math.Floor((now - due) / Interval) + 1)),
        StartTriggerKind.Cron => CronSchedule.Next(Schedule, now > due ? now : due),
        _ => null,
    };

    private TimeSpan Interval => TimeSpan.Parse(Schedule, CultureInfo.InvariantCulture);

    private DateTimeOffset Instant => DateTimeOffset.Parse(Schedule, CultureInfo.InvariantCulture);
}

/// <summary>The activities that may begin a workflow: Elsa's names.</summary>
public enum StartTriggerKind { Event, Timer, Cron, StartAt }
