using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Workflows.Forms;

namespace Assize.Host.Pages.Tasks;

/// <summary>What a browser posted, as the fields that the API takes.</summary>
internal static class FormPost
{
    private const int MostLines = 60;

    public static JsonObject Read(IEnumerable<Question> questions, IReadOnlyList<TaskOffence> offences, IFormCollection posted)
    {
        var fields = new JsonObject();
        foreach (var question in questions)
        {
            JsonNode? value = question switch
            {
                { Type: QuestionType.Results } => Lines(question.Id, posted),
                { Each: not null } => Each(question, offences, posted),
                _ => One(question.Type, question.Id, posted),
            };
            if (value is not null)
            {
                fields[question.Id] = value;
            }
        }

        // Numbers made here are of another kind than numbers that were read, and the form's checks expect the latter.
        return JsonNode.Parse(fields.ToJsonString())!.AsObject();
    }

    private static JsonNode? One(QuestionType type, string name, IFormCollection posted) => type switch
    {
        QuestionType.Checkboxes => posted[name].Count == 0 ? null : new JsonArray([.. posted[name].Select(value => JsonValue.Create(value))]),
        QuestionType.Date => Day(name, posted) is { IsEmpty: false } day ? JsonValue.Create(day.Iso) : null,
        QuestionType.Number => Said(name, posted) is not { } text ? null
            : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text),
        QuestionType.Money => Said(name, posted)?.TrimStart('£').Replace(",", "", StringComparison.Ordinal) is { } amount ? JsonValue.Create(amount) : null,
        _ => Said(name, posted) is { } said ? JsonValue.Create(said) : null,
    };

    private static JsonObject? Each(Question question, IReadOnlyList<TaskOffence> offences, IFormCollection posted)
    {
        var each = new JsonObject();
        foreach (var offence in offences)
        {
            if (One(question.Type, $"{question.Id}.{offence.Sequence}", posted) is { } value)
            {
                each[offence.Sequence.ToString(CultureInfo.InvariantCulture)] = value;
            }
        }

        return each.Count == 0 ? null : each;
    }

    // Lines left empty are dropped, so the positions in an error are those of the lines that are shown again.
    private static JsonArray? Lines(string name, IFormCollection posted)
    {
        var lines = new JsonArray();
        for (var index = 0; index < MostLines; index++)
        {
            if (Line($"{name}.{index}", posted) is { Count: > 0 } line)
            {
                lines.Add((JsonNode)line);
            }
        }

        return lines.Count == 0 ? null : lines;
    }

    private static JsonObject Line(string name, IFormCollection posted)
    {
        var line = new JsonObject();
        if (Said($"{name}.code", posted) is { } code)
        {
            line["code"] = code;
        }

        if (Said($"{name}.offence", posted) is { } offence)
        {
            line["offence"] = int.TryParse(offence, out var number) ? JsonValue.Create(number) : JsonValue.Create(offence);
        }

        foreach (var (member, type) in (ReadOnlySpan<(string, QuestionType)>)[
            ("amount", QuestionType.Money), ("duration", QuestionType.Text), ("date", QuestionType.Date), ("text", QuestionType.Text)])
        {
            if (One(type, $"{name}.{member}", posted) is { } value)
            {
                line[member] = value;
            }
        }

        return line;
    }

    private static DayText Day(string name, IFormCollection posted) =>
        new(Said($"{name}-day", posted), Said($"{name}-month", posted), Said($"{name}-year", posted));

    private static string? Said(string name, IFormCollection posted) => posted[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}
