using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Compares canonical JSON with <see cref="ChargeShape"/>: types, lengths, days, what is missing, what is unknown.</summary>
/// <remarks>An unknown member stays where it is and is a warning: nothing that a sender says is dropped in silence.</remarks>
internal static partial class ShapeCheck
{
    public static IEnumerable<Problem> Check(JsonObject canonical, SubmissionFormat format) => Walk(canonical, ChargeShape.Root, "", format);

    private static IEnumerable<Problem> Walk(JsonNode? node, Shape shape, string pointer, SubmissionFormat format) => (shape.Kind, node) switch
    {
        (ShapeKind.Object, JsonObject members) => Members(members, shape, pointer, format),
        (ShapeKind.List, JsonArray items) => Items(items, shape, pointer, format),
        (ShapeKind.Object, _) => [WrongType(node, pointer, "an object")],
        (ShapeKind.List, _) => [WrongType(node, pointer, "a list")],
        _ => Value(node, shape, pointer),
    };

    private static IEnumerable<Problem> Members(JsonObject members, Shape shape, string pointer, SubmissionFormat format)
    {
        foreach ((string name, Shape expected) in shape.Members)
        {
            string at = $"{pointer}/{name}";
            if (IsAbsent(members[name]))
            {
                if (expected.Need == Need.Always || (expected.Need == Need.InChargeJson && format == SubmissionFormat.ChargeJson))
                {
                    yield return Problem.Of(ProblemCodes.MemberRequired, at, $"Expected '{name}', but it is missing. Give it.");
                }

                continue;
            }

            foreach (Problem problem in Walk(members[name], expected, at, format))
            {
                yield return problem;
            }
        }

        foreach (string unknown in members.Select(member => member.Key).Where(name => shape.Members.All(known => known.Name != name)))
        {
            yield return Problem.Of(ProblemCodes.UnknownMember, $"{pointer}/{JsonPointer.Escape(unknown)}",
                $"'{ProsecutionReader.Shorten(unknown)}' is not part of a charge. It is kept as received and nothing reads it. Remove it, or check its spelling.");
        }
    }

    private static IEnumerable<Problem> Items(JsonArray items, Shape shape, string pointer, SubmissionFormat format)
    {
        if (shape.AtLeastOne && items.Count == 0)
        {
            return [Problem.Of(ProblemCodes.MemberRequired, pointer, "Expected at least one item, but the list is empty.")];
        }

        return items.SelectMany((item, index) => Walk(item, shape.Item!, $"{pointer}/{index}", format));
    }

    private static IEnumerable<Problem> Value(JsonNode? node, Shape shape, string pointer)
    {
        string? text = JsonText.Of(node);
        string quoted = JsonText.Quote(node);
        switch (shape.Kind)
        {
            case ShapeKind.Integer when JsonText.Integer(node) is null:
                return [WrongType(node, pointer, "a whole number")];
            case ShapeKind.Integer:
                return [];
            case var _ when text is null:
                return [WrongType(node, pointer, "text")];
            case ShapeKind.Day when JsonText.Date(text) is null:
                return [Problem.Of(ProblemCodes.DateInvalid, pointer, $"Expected a day as yyyy-MM-dd, but {quoted} is no day of the calendar. Give the right day.", node)];
            case ShapeKind.Time when ClockTime.Read(text) is null:
                return [Problem.Of(ProblemCodes.TimeInvalid, pointer, $"Expected a time as HH:mm or HH:mm:ss, but it is {quoted}. Give the London clock time.", node)];
            case ShapeKind.Money when !MoneyPattern().IsMatch(text):
                return [Problem.Of(ProblemCodes.MemberType, pointer, $"Expected an amount in pounds such as 20.99, but it is {quoted}.", node)];
            case ShapeKind.Text when text.Length > shape.Longest:
                return [Problem.Of(ProblemCodes.MemberTooLong, pointer, $"Expected at most {shape.Longest} characters, but there are {text.Length}. Shorten it.", node)];
            case ShapeKind.Text when text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r')):
                return [Problem.Of(ProblemCodes.MemberType, pointer, "Expected printable text, but it has control characters. Remove them.", node)];
            default:
                return [];
        }
    }

    // An empty text says no more than an absent one; police XML is full of empty elements.
    private static bool IsAbsent(JsonNode? node) => node is null || (JsonText.Of(node) is { } text && string.IsNullOrWhiteSpace(text));

    private static Problem WrongType(JsonNode? node, string pointer, string expected) =>
        Problem.Of(ProblemCodes.MemberType, pointer, $"Expected {expected}, but it is {Described(node)}. Give it as {expected}.", node is JsonValue ? node : null);

    private static string Described(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Number => $"the number {ProsecutionReader.Shorten(node.ToJsonString())}",
        _ => $"the text {JsonText.Quote(node)}",
    };

    [GeneratedRegex(@"^[+-]?[0-9]{1,10}(\.[0-9]{1,2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyPattern();
}
