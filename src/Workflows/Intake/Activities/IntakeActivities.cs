using System.Collections.Immutable;
using Assize.Engine.Stepping;

namespace Assize.Workflows.Intake.Activities;

/// <summary>The steps that only the intake workflow takes.</summary>
public static class IntakeActivities
{
    internal const string Category = "Assize: intake";

    public static ImmutableArray<IActivityHandler> All { get; } =
        [new ValidateSubmissionActivity(), new RegisterCaseActivity(), new RejectSubmissionActivity()];
}
