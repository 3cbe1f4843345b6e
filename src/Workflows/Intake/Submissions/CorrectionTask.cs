using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>The force's correction task: a field whose name is a pointer corrects the value there; the form has the other fields.</summary>
internal static class CorrectionTask
{
    public const string Form = "correct-prosecution";
    private const string Corrected = "Corrected";

    /// <summary>Makes the corrections before the workflow steps, and gives the fields that are the form's; or a rejection.</summary>
    public static async Task<(Rejection? Rejection, JsonObject Fields)> TakeAsync(
        UnitSession session, ReferenceStore reference, Caller caller, string outcome, JsonObject fields, CancellationToken ct)
    {
        if (outcome != Corrected)
        {
            return (null, fields);
        }

        (string, JsonNode?)[] corrections = [.. fields.Where(IsPointer).Select(field => (field.Key, field.Value))];
        Submission submission = await SessionSubmission.GetAsync(session, ct);
        List<CorrectionFault> faults = [];
        if (await CorrectProsecution.ExamineAsync(session, reference, submission, corrections, faults, ct) is { } rejection)
        {
            return (rejection with { Detail = Detail(faults) }, fields);
        }

        CorrectProsecution.Add(session, submission, caller, corrections);
        return (null, new JsonObject(fields.Where(field => !IsPointer(field)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));
    }

    private static bool IsPointer(KeyValuePair<string, JsonNode?> field) => field.Key.StartsWith('/');

    private static JsonArray Detail(IEnumerable<CorrectionFault> faults) => new(
        [.. faults.Select(fault => new JsonObject { ["pointer"] = $"/fields/{Reading.JsonPointer.Escape(fault.Pointer)}", ["code"] = fault.Code, ["message"] = fault.Message })]);
}
