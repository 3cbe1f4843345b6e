using System.Text.Json.Nodes;

namespace Assize.Workflows.Forms;

/// <summary>What a court must have ordered before its results can be shared.</summary>
internal static class ResultChecks
{
    public static IEnumerable<FieldProblem> Of(Form form, JsonObject fields, FormContext context) =>
        (form.Checks ?? [])
            .Where(check => FormEvaluation.Applies(form, check.When, fields, context))
            .Where(check => !Holds(check, [.. (fields[check.Question] as JsonArray ?? []).OfType<JsonObject>()], context))
            .Select(check => new FieldProblem("/" + check.Question, "results-incomplete", check.Message.En));

    private static bool Holds(FormCheck check, IReadOnlyList<JsonObject> lines, FormContext context) => check.Kind switch
    {
        CheckKind.OneFinalForEveryOffence => context.Offences.All(offence => lines.Count(x => IsFor(x, offence) && IsDisposal(x)) == 1),
        CheckKind.EveryOffenceHas => context.Offences.All(offence => lines.Any(x => IsFor(x, offence) && Has(x, check))),
        CheckKind.SomeOf => lines.Any(x => Has(x, check)),
        _ => !lines.Any(x => Has(x, check)),
    };

    private static bool IsFor(JsonObject line, FormOffence offence) => (int?)line["offence"] == offence.Sequence;

    /// <summary>A money order beside the sentence is final too, but it disposes of nothing by itself.</summary>
    private static bool IsDisposal(JsonObject line) => (string?)line["category"] == "F" && (string?)line["code"] is not ("FCOMP" or "FCOST");

    private static bool Has(JsonObject line, FormCheck check) => check.Codes?.Contains((string?)line["code"] ?? "") == true;
}
