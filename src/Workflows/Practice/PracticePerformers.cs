using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Activities;
using Assize.Workflows.Intake.Submissions;

namespace Assize.Workflows.Practice;

/// <summary>What a practice case asks to be done outside itself, done to nobody: no slot is taken, no message is sent, no case is opened.</summary>
internal static class PracticePerformers
{
    /// <summary>True where the work is the case's own record, which is done as ever.</summary>
    public static bool IsReal(string kind) => kind is "stage" or "outcome";

    public static JsonNode? Perform(UnitSession session, string kind, JsonObject payload) => kind == ListHearing.Kind
        ? new JsonObject { ["hearingId"] = session.NewId(), ["startsAt"] = (payload["days"] as JsonArray)?.FirstOrDefault()?.DeepClone() }
        : Reply(kind, session.UnitId);

    /// <summary>What is answered without anything being done: yes where a question was asked, otherwise nothing.</summary>
    internal static JsonNode? Reply(string kind, string unitId) => kind switch
    {
        ValidateSubmission.Kind => new JsonObject { ["outcome"] = "Valid", ["errors"] = 0, ["warnings"] = 0 },
        RegisterCase.Kind => new JsonObject { ["caseId"] = unitId, ["urn"] = "PRACTICE" },
        _ => null,
    };
}
