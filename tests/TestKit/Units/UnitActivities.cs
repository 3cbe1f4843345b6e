using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.TestKit.Definitions;

namespace Assize.TestKit.Units;

/// <summary>The drawn activities, and those whose effects only a command can show: kept events and requests with a reply.</summary>
public static class UnitActivities
{
    /// <summary>Waits for the event named like the activity; one that came before counts.</summary>
    public const string Await = "Test.Await";

    /// <summary>Asks the owner for work named like the activity, and goes on with the reply.</summary>
    public const string Ask = "Test.Ask";

    /// <summary>Raises an event named like the activity, which is kept for waits that come later.</summary>
    public const string Raise = "Test.Raise";

    public static ActivityTable Table { get; } = new([.. TestActivities.Table.Handlers, new AwaitHandler(), new AskHandler(), new RaiseHandler()]);

    private static ActivityDescriptor Describe(string type) => new()
    {
        TypeName = type,
        Category = "Test",
        DisplayName = type,
        Description = "For tests of commands.",
        Ports = [new PortDescriptor("Done", "Done")],
    };

    private sealed class AwaitHandler : IActivityHandler
    {
        public ActivityDescriptor Descriptor { get; } = Describe(Await);

        public void Enter(IStep step) => step.OpenWait(WaitKind.Event, step.Activity.Id, takesBuffered: true);

        public void Resume(IStep step, Wait wait, StimulusBody stimulus)
        {
            step.Produce("Result", ((Resume)stimulus).Payload?.DeepClone());
            step.Complete();
        }
    }

    private sealed class AskHandler : IActivityHandler
    {
        public ActivityDescriptor Descriptor { get; } = Describe(Ask);

        public void Enter(IStep step)
        {
            Wait wait = step.OpenWait(WaitKind.Reply, step.Activity.Id, spec: []);
            step.Emit(new Request(wait.Id, step.Activity.Id, []));
        }

        public void Resume(IStep step, Wait wait, StimulusBody stimulus)
        {
            step.Produce("Result", ((Resume)stimulus).Payload?.DeepClone());
            step.Complete();
        }
    }

    private sealed class RaiseHandler : IActivityHandler
    {
        public ActivityDescriptor Descriptor { get; } = Describe(Raise);

        public void Enter(IStep step)
        {
            step.Emit(new RaiseEvent(step.Activity.Id, null, null, LocalOnly: false, Buffered: true));
            step.Complete();
        }
    }
}
