using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Stepping;
using Assize.Workflows.Forms;

namespace Assize.Workflows.Activities;

/// <summary>What a task wait carries so that its row can be made from it.</summary>
internal static class TaskSpec
{
    public static JsonObject Of(IStep step, IReadOnlyList<string> outcomes)
    {
        string form = step.Text("form") ?? "";
        JsonObject spec = new()
        {
            ["agency"] = step.Agency(step.Text("agency") ?? ""),
            ["role"] = step.Text("role"),
            ["instructions"] = step.Text("instructions") ?? "",
            ["form"] = form,
            ["formVersion"] = step.Resource<Form>("form", form).Version,
            ["outcomes"] = new JsonArray([.. outcomes.Select(x => JsonValue.Create(x))]),
            ["priority"] = step.Text("priority") switch { "Urgent" => 1, "Low" => 3, _ => 2 },
            ["statutory"] = step.Ticked("statutory"),
        };
        Add(spec, "caseId", step.CaseId());
        Add(spec, "defendantId", step.DefendantId());
        Add(spec, "hearingId", step.HearingId());
        Add(spec, "submissionId", step.SubmissionId());
        Add(spec, "notBefore", step.StartOfDay("notBefore")?.ToString("O", CultureInfo.InvariantCulture));
        if (step.Input("notBy") is { } notBy && People(notBy) is { Count: > 0 } people)
        {
            spec["notBy"] = new JsonArray([.. people.Select(x => JsonValue.Create(x))]);
        }
        return spec;
    }

    public static string Title(IStep step) => step.Text("title") is { Length: > 0 } title ? title : step.Activity.DisplayText;

    private static void Add(JsonObject spec, string member, string? value)
    {
        if (value is not null)
        {
            spec[member] = value;
        }
    }

    private static List<string> People(JsonNode notBy) => notBy switch
    {
        JsonArray list => [.. list.Select(CaseStep.Text).OfType<string>()],
        { } one when one.GetValueKind() == JsonValueKind.String && one.GetValue<string>().Length > 0 => [one.GetValue<string>()],
        _ => [],
    };
}
