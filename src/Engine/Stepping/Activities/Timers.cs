using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

internal sealed class DelayHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Delay",
        Category = "Scheduling",
        DisplayName = "Delay",
        Description = "Waits for a span of time.",
        Inputs = [Describe.Line("TimeSpan", "Time span", "Days, hours, minutes and seconds, such as 2.00:00:00.", required: true)],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => Timers.Conduct(node, "timeSpan");

    public void Enter(IStep step) => Timers.WaitFor(step, Timers.Span(step, "timeSpan"));

    public void Resume(IStep step, Wait wait, StimulusBody stimulus) => step.Complete();
}

internal sealed class TimerHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Timer",
        Category = "Scheduling",
        DisplayName = "Timer",
        Description = "Begins the workflow again and again; inside it, waits one interval.",
        Kind = ActivityKind.Trigger,
        Inputs = [Describe.Line("Interval", "Interval", "Days, hours, minutes and seconds, such as 00:30:00.", required: true)],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => Timers.Conduct(node, "interval");

    public void Enter(IStep step)
    {
        if (step.IsTrigger)
        {
            step.Complete();
            return;
        }
        Timers.WaitFor(step, Timers.Span(step, "interval"));
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus) => step.Complete();
}

internal sealed class StartAtHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.StartAt",
        Category = "Scheduling",
        DisplayName = "Start at",
        Description = "Begins the workflow at an instant; inside it, waits until then.",
        Kind = ActivityKind.Trigger,
        Inputs = [Describe.Line("DateTime", "Date and time", "The instant; UTC where it has no offset.", required: true)],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Either(StepConduct.Passes(), StepConduct.WaitsFor(WaitKind.Timer));

    public void Enter(IStep step)
    {
        if (step.IsTrigger)
        {
            step.Complete();
            return;
        }
        if (step.Input("dateTime").ToInstant() is not { } instant)
        {
            step.Fault("instant-unreadable", $"Expected {step.Activity.DisplayText} to have a date and time, but \"{step.Text("dateTime")}\" is none.");
            return;
        }
        Timers.WaitUntil(step, instant);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus) => step.Complete();
}

internal sealed class CronHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Cron",
        Category = "Scheduling",
        DisplayName = "Cron",
        Description = "Begins the workflow by a cron schedule; inside it, waits for the next occurrence.",
        Kind = ActivityKind.Trigger,
        Inputs = [Describe.Line("CronExpression", "Cron expression", "Five fields, or six with seconds; London time.", required: true)],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.WaitsFor(WaitKind.Timer);

    public void Enter(IStep step)
    {
        if (step.IsTrigger)
        {
            step.Complete();
            return;
        }
        var text = step.Text("cronExpression") ?? "";
        var zone = step.RuleSet < RuleSet.Second ? TimeZoneInfo.Utc : BusinessTime.London;
        if (CronSchedule.Next(text, step.Now, zone) is not { } next)
        {
            step.Fault("cron-unreadable", $"Expected {step.Activity.DisplayText} to have a cron expression that comes round, but \"{text}\" is none.");
            return;
        }
        Timers.WaitUntil(step, next);
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus) => step.Complete();
}

internal static class Timers
{
    /// <summary>A span that is no longer than nothing goes on at once; one that is computed may be either.</summary>
    public static StepConduct Conduct(ActivityNode node, string input) => node.Inputs.GetValueOrDefault(input)?.Expression switch
    {
        { Type: "Literal" } literal when literal.Value.ToSpan() is { } span => span > TimeSpan.Zero ? StepConduct.WaitsFor(WaitKind.Timer) : StepConduct.Passes(),
        _ => StepConduct.Either(StepConduct.Passes(), StepConduct.WaitsFor(WaitKind.Timer)),
    };

    public static TimeSpan Span(IStep step, string input)
    {
        if (step.Input(input).ToSpan() is not { } span)
        {
            step.Fault("span-unreadable", $"Expected {step.Activity.DisplayText} to have a time span such as 2.00:00:00, but \"{step.Text(input)}\" is none.");
            return default;
        }
        return span;
    }

    public static void WaitFor(IStep step, TimeSpan span)
    {
        if (span > DateTimeOffset.MaxValue - step.Now)
        {
            step.Fault("span-too-long", $"Expected the time span of {step.Activity.DisplayText} to end within the calendar, but {span} does not.");
        }
        WaitUntil(step, span <= TimeSpan.Zero ? step.Now : step.Now + span);
    }

    /// <summary>Waits for the instant, or goes on at once where it is past.</summary>
    public static void WaitUntil(IStep step, DateTimeOffset instant)
    {
        if (instant <= step.Now)
        {
            step.Complete();
            return;
        }
        step.OpenWait(WaitKind.Timer, step.Activity.DisplayText, due: instant);
    }
}
