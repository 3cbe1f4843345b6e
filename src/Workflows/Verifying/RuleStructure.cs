using System.Text.Json.Nodes;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Verifying;

/// <summary>What is wrong with a file by itself.</summary>
internal static class RuleStructure
{
    /// <param name="read">What it is, where nothing is wrong.</param>
    public static IReadOnlyList<RuleProblem> Problems(RuleName rule, JsonObject file, out object? read)
    {
        read = null;
        IReadOnlyList<RuleProblem> problems = ShapeProblems.Of(RuleShape.Of(rule.Kind), file);
        if (problems.Count > 0)
        {
            return problems;
        }
        try
        {
            read = RuleCatalog.Parse(rule.Kind, RuleText.Store(rule, file, 1));
            return [];
        }
        catch (RuleFileUnreadable unreadable)
        {
            return [.. unreadable.Problems.Select(x => new RuleProblem("", x))];
        }
    }
}
