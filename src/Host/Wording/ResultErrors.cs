using System.Globalization;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Forms;

namespace Assize.Host.Wording;

/// <summary>What is wrong with result lines, said to whoever entered them.</summary>
internal static class ResultErrors
{
    private const string Language = "en";

    public static string Message(Form form, Question question, ApiFault fault, string[] path)
    {
        if (path.Length < 3)
        {
            return fault.Code == "required" ? "Enter at least one result" : Check(form, question, fault);
        }

        var line = $"Result {(int.TryParse(path[1], CultureInfo.InvariantCulture, out var index) ? index + 1 : 1)}";
        return (fault.Code, path[2]) switch
        {
            ("result-code-unknown", _) => $"{line}: choose a result, or empty the line",
            ("offence-unknown", _) => $"{line}: choose the offence that it is for",
            (_, "amount") => $"{line}: enter an amount in pounds, like 120 or 120.50",
            (_, "date") => $"{line}: enter a real date, like 27 3 2026",
            ("required", "duration") => $"{line}: enter how long, like 12 weeks",
            ("required", _) => $"{line}: enter the wording",
            _ => $"{line}: enter fewer characters",
        };
    }

    // The form's own message is for systems too; people are told what to add or take away.
    private static string Check(Form form, Question question, ApiFault fault)
    {
        if ((form.Checks ?? []).FirstOrDefault(check => check.Question == question.Id && check.Message.En == fault.Message) is not { } check)
        {
            return fault.Message;
        }

        var results = string.Join(" or ", (check.Codes ?? [])
            .Select(code => question.Options!.FirstOrDefault(option => option.Value == code)?.Label.In(Language) ?? code).Select(label => $"‘{label}’"));
        return check.Kind switch
        {
            CheckKind.OneFinalForEveryOffence => "Enter one final result for each offence",
            CheckKind.SomeOf => $"Enter a result that is {results}",
            CheckKind.EveryOffenceHas => $"Enter for each offence a result that is {results}",
            _ => $"Take out any result that is {results}: the case would not end with it",
        };
    }
}
