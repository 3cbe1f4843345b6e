using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Forms;

/// <summary>Checks the lines of a results question: {code, offence?, amount?, duration?, date?, text?}.</summary>
internal static class ResultLines
{
    private static readonly string[] s_members = ["code", "offence", "amount", "duration", "date", "text"];

    public static JsonArray? Check(Question question, JsonNode? answer, FormContext context, List<FieldProblem> problems)
    {
        if (AnswerCheck.IsEmpty(answer))
        {
            if (question.Required)
            {
                problems.Add(new FieldProblem("/" + question.Id, "required", "Expected at least one result line, but there is none."));
            }
            return null;
        }
        if (answer is not JsonArray lines || lines.Any(x => x is not JsonObject))
        {
            problems.Add(new FieldProblem("/" + question.Id, "field-mistyped", "Expected a list of result lines, but it is none."));
            return null;
        }
        return new JsonArray([.. lines.Select((line, index) => Line(question, (JsonObject)line!, $"/{question.Id}/{index}", context, problems))]);
    }

    private static JsonObject Line(Question question, JsonObject line, string pointer, FormContext context, List<FieldProblem> problems)
    {
        problems.AddRange(line.Select(x => x.Key).Except(s_members)
            .Select(x => new FieldProblem($"{pointer}/{x}", "field-unknown", $"Expected {string.Join(", ", s_members)} in a result line, but there is '{x}'.")));
        if (question.Options!.FirstOrDefault(x => x.Value == Text(line["code"])) is not { } code)
        {
            problems.Add(new FieldProblem($"{pointer}/code", "result-code-unknown", $"Expected a result code of this form, but it is \u2018{line["code"]}\u2019."));
            return [];
        }
        JsonObject kept = new()
        {
            ["code"] = code.Value,
            ["label"] = code.Label.En,
            ["category"] = code.Category,
            ["level"] = code.Level,
            ["cjsCode"] = code.CjsCode,
        };
        Offence(code, line["offence"], pointer, context, kept, problems);
        foreach (string member in s_members[2..])
        {
            Member(code, member, line[member], $"{pointer}/{member}", context, kept, problems);
        }
        return kept;
    }

    private static void Offence(Option code, JsonNode? answer, string pointer, FormContext context, JsonObject kept, List<FieldProblem> problems)
    {
        if (code.Level != "O")
        {
            return;
        }
        if (answer?.GetValueKind() == JsonValueKind.Number && int.TryParse(answer.ToJsonString(), CultureInfo.InvariantCulture, out int number) && context.Offences.Any(x => x.Sequence == number))
        {
            kept["offence"] = number;
            return;
        }
        string numbers = string.Join(", ", context.Offences.Select(x => x.Sequence.ToString(CultureInfo.InvariantCulture)));
        problems.Add(new FieldProblem($"{pointer}/offence", "offence-unknown", $"Expected the number of an offence ({numbers}) for result {code.Value}, but it is \u2018{answer}\u2019."));
    }

    private static void Member(
        Option code, string member, JsonNode? answer, string pointer, FormContext context, JsonObject kept, List<FieldProblem> problems)
    {
        bool needed = code.Needs?.Contains(member) == true;
        QuestionType type = member switch
        {
            "amount" => QuestionType.Money,
            "date" => QuestionType.Date,
            _ => QuestionType.Text,
        };
        Question asked = new(member, type, new LocalText($"{member} of result {code.Value}"), Required: needed, MaxLength: 2500);
        if (AnswerCheck.Of(asked, answer, pointer, context.Today, problems) is { } value)
        {
            kept[member] = value;
        }
    }

    private static string? Text(JsonNode? answer) => answer?.GetValueKind() == JsonValueKind.String ? answer.GetValue<string>() : null;
}
