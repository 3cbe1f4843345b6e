using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Verifying;

/// <summary>What every code of a list has today, a new version must say of its codes, too: others read it.</summary>
internal static class ListDetails
{
    private const int MostSaid = 20;

    public static IEnumerable<RuleProblem> Problems(CodeList list, ReferenceData lists)
    {
        List<ReferenceItem> today = [.. lists.List(list.Id)];
        string[] owed = [.. today.SelectMany(x => x.Detail.Select(detail => detail.Key)).Distinct().Where(member => today.All(x => x.Detail[member] is not null))];
        return list.Items.Index().SelectMany(x => owed.Where(member => x.Item.Details?[member]?.GetValueKind() is not { } kind || today.All(known => known.Detail[member]!.GetValueKind() != kind))
            .Select(member => new RuleProblem($"items/{x.Index}", $"Code {x.Index + 1} “{x.Item.Code}”, {member}: Fill it in, as every code of this list has it.") { Member = $"{ListShape.Details}.{member}" })).Take(MostSaid);
    }
}
