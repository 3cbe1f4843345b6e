using System.Text.Json.Nodes;
using Assize.Workflows.Forms;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Verifying;

/// <summary>Choices that a question has from a code list. They are copied into the form, so that a version of it always asks the same.</summary>
public static class FormLists
{
    /// <summary>A longer list is no choice that a person could make on a page.</summary>
    public const int MostChoices = 300;

    /// <summary>The codes in effect on a day, as a form writes them.</summary>
    public static JsonArray Options(ReferenceData lists, string list, DateOnly day) => new([.. lists.List(list).Where(x => x.IsInEffect(day)).OrderBy(x => x.Code, StringComparer.Ordinal)
        .Select(x => new JsonObject
        {
            ["value"] = x.Code,
            ["label"] = x.Text("welsh") is { } welsh ? new JsonObject { ["en"] = Label(x), ["cy"] = welsh } : new JsonObject { ["en"] = Label(x) },
        })]);

    internal static IEnumerable<RuleProblem> Problems(Form form, ReferenceData lists, DateOnly day)
    {
        foreach ((int index, Question question) in form.Questions.Index().Where(x => x.Item.OptionsFrom is not null))
        {
            string list = question.OptionsFrom!, where = $"Question {index + 1} “{question.Id}”, Take the choices from a code list: ";
            string? problem = !lists.Has(list) ? $"There is no code list “{list}”. Choose another."
                : Codes(lists, list, day) is { Count: > MostChoices } many ? $"“{list}” has {many.Count} codes, and at most {MostChoices} can be chosen from. Ask for a text instead."
                : !Codes(lists, list, day).SetEquals((question.Options ?? []).Select(x => x.Value)) ? $"The choices are no longer those of “{list}”. Save the question again to take them."
                : null;
            if (problem is not null)
            {
                yield return new RuleProblem($"questions/{index}", where + problem) { Member = "optionsFrom" };
            }
        }
    }

    private static HashSet<string> Codes(ReferenceData lists, string list, DateOnly day) =>
        [.. lists.List(list).Where(x => x.IsInEffect(day)).Select(x => x.Code)];

    private static string Label(ReferenceItem item) => item.Text("description") ?? item.Text("name") ?? item.Text("title") ?? item.Code;
}
