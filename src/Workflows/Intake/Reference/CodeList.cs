using System.Text.Json.Nodes;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Intake.Reference;

/// <summary>A published version of a code list: all its codes, each with the days on which it is in effect.</summary>
public sealed record CodeList(
    string Id, int Version, LocalText Title, DateOnly? EffectiveFrom, IReadOnlyList<CodeListItem> Items, string? LegalReference = null, string? Note = null)
{
    public static CodeList Read(string json) => RuleFile.Read<CodeList>(json, Problems);

    public IEnumerable<ReferenceItem> AsReference() => Items.Select(x => new ReferenceItem(Id, x.Code, x.From, x.To, x.Details ?? []));

    private static IEnumerable<string> Problems(CodeList list)
    {
        if (list.Items.Count == 0)
        {
            yield return "Expected at least one code, but there is none.";
        }
        foreach (CodeListItem item in list.Items.Where(x => x.To < x.From))
        {
            yield return $"Expected code '{item.Code}' to end on or after {item.From:O}, but it ends on {item.To:O}.";
        }
        foreach (IGrouping<string, CodeListItem> code in list.Items.GroupBy(x => x.Code).Where(x => x.Count() > 1))
        {
            List<CodeListItem> periods = [.. code.OrderBy(x => x.From ?? DateOnly.MinValue)];
            foreach ((CodeListItem one, CodeListItem next) in periods.Zip(periods.Skip(1)).Where(x => x.First.To is null || x.First.To >= (x.Second.From ?? DateOnly.MinValue)))
            {
                yield return $"Expected code '{code.Key}' once for each day, but what begins {Day(next.From)} begins before the one from {Day(one.From)} has ended.";
            }
        }
    }

    private static string Day(DateOnly? day) => day is { } known ? $"on {known:O}" : "at any time";
}

/// <param name="Details">What is known of the code: its name, what it means.</param>
public sealed record CodeListItem(string Code, DateOnly? From = null, DateOnly? To = null, JsonObject? Details = null);
