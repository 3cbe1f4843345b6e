using System.Collections.Immutable;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Everything that intake's activities ask to be done inside their transaction.</summary>
public static class IntakePerformers
{
    public static ImmutableArray<Performer> All(ReferenceStore reference) =>
    [
        new(ValidateSubmission.Kind, new ValidateSubmission(reference).PerformAsync),
        new(RegisterCase.Kind, new RegisterCase(reference).PerformAsync),
        new(RejectSubmission.Kind, RejectSubmission.PerformAsync),
    ];
}
