using Assize.Engine.Stepping;

namespace Assize.Workflows.Activities;

/// <summary>Says whose event it is.</summary>
internal static class Correlation
{
    public static string? Key(IStep step) => step.Text("correlateBy") switch
    {
        "defendant" => step.DefendantId(),
        "hearing" => step.HearingId(),
        "submission" => step.SubmissionId(),
        "none" => null,
        _ => step.CaseId(),
    };
}
