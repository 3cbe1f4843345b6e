using System.Collections.Immutable;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Listing;

namespace Assize.Workflows.Storage;

/// <summary>Everything that case activities ask to be done inside their transaction. Intake adds its own.</summary>
public static class CasePerformers
{
    public static ImmutableArray<Performer> All { get; } =
        [CaseRecord.Stage, CaseRecord.Outcome, SlotAllocation.Performer, SlotRelease.Performer, MessageQueue.Queue, MessageQueue.Fail];
}
