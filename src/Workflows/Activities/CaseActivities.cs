using System.Collections.Immutable;
using Assize.Engine.Stepping;
using Assize.Workflows.Intake.Activities;

namespace Assize.Workflows.Activities;

/// <summary>The palette of process owners: every case activity there is.</summary>
public static class CaseActivities
{
    public static ImmutableArray<IActivityHandler> All { get; } =
    [
        new DataFaults(new CaseTask()),
        new DataFaults(new StageActivity()),
        new DataFaults(new DeadlineActivity()),
        new DataFaults(new DecisionActivity()),
        new DataFaults(new ForEachDefendant()),
        new DataFaults(new ListHearing()),
        new DataFaults(new HearingActivity()),
        new DataFaults(new VacateHearing()),
        new DataFaults(new Notify()),
        new DataFaults(new AwaitEvent()),
        new DataFaults(new RaiseEventActivity()),
        new DataFaults(new OutcomeActivity()),
        .. IntakeActivities.All,
    ];

    /// <summary>Elsa's activities and these.</summary>
    public static ActivityTable Table { get; } = new([.. ActivityTable.Engine.Handlers, .. All]);
}
