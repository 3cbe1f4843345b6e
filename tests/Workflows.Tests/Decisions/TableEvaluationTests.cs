using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.Workflows.Decisions;
using Assize.Workflows.Rules;
using Xunit;

namespace Assize.Workflows.Tests.Decisions;

public sealed class TableEvaluationTests
{
    private static readonly DecisionTable s_class = DecisionTable.Read(File.ReadAllText(Repository.PathOf("definitions/tables/offence-class/1.json")));

    [Theory]
    [InlineData(false, "summary", false, "2026-01-05", "Summary")]
    [InlineData(false, "either-way", false, "2026-01-05", "EitherWay")]
    [InlineData(false, "indictable-only", false, "2026-01-05", "IndictableOnly")]
    [InlineData(true, "indictable-only", false, "2026-01-05", "Youth")]
    [InlineData(false, "either-way", true, "2026-01-05", "Summary")]
    [InlineData(false, "either-way", true, "2014-05-12", "EitherWay")]
    public void The_gravest_offence_decides_by_the_law_of_the_day(bool youth, string mode, bool lowValue, string day, string outcome)
    {
        JsonObject facts = new() { ["youth"] = youth, ["modes"] = new JsonArray("summary", mode), ["lowValueTheft"] = lowValue };
        Assert.Equal([outcome], TableEvaluation.Decide(s_class, facts, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Outcomes);
    }

    [Fact]
    public void A_fact_of_the_wrong_type_is_refused_by_name()
    {
        JsonObject facts = new() { ["youth"] = "no", ["modes"] = new JsonArray("summary"), ["lowValueTheft"] = false };
        DecisionFailed failed = Assert.Throws<DecisionFailed>(() => TableEvaluation.Decide(s_class, facts, new DateOnly(2026, 1, 5)));
        Assert.Equal("input-mistyped", failed.Code);
        Assert.Contains("youth", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_rule_must_apply_two_are_refused() =>
        Assert.Equal("rules-overlap", Assert.Throws<DecisionFailed>(() => Decide("unique", 5)).Code);

    [Fact]
    public void Where_all_rules_count_each_outcome_is_given() => Assert.Equal(["small", "any"], Decide("collect", 5).Outcomes);

    [Fact]
    public void Bounds_exclude_and_include() => Assert.Equal(["any"], Decide("first", 10).Outcomes);

    [Fact]
    public void A_table_that_cannot_be_used_says_everything_that_is_wrong()
    {
        string json = Table("first").Replace("\"small\", \"legalReference\"", "\"tiny\", \"legalReference\"", StringComparison.Ordinal).Replace("below", "beneath", StringComparison.Ordinal);
        RuleFileUnreadable unreadable = Assert.Throws<RuleFileUnreadable>(() => DecisionTable.Read(json));
        Assert.Equal(3, unreadable.Problems.Count);
    }

    [Fact]
    public void A_member_that_the_format_does_not_have_is_refused() =>
        Assert.Throws<RuleFileUnreadable>(() => DecisionTable.Read(Table("first").Replace("\"hitPolicy\"", "\"hitpolicy2\": 1, \"hitPolicy\"", StringComparison.Ordinal)));

    private static Decision Decide(string policy, int size) =>
        TableEvaluation.Decide(DecisionTable.Read(Table(policy)), new JsonObject { ["size"] = size }, new DateOnly(2026, 1, 5));

    private static string Table(string policy) => $$"""
        {
          "id": "t", "version": 1, "title": { "en": "T" }, "legalReference": "none", "effectiveFrom": null, "hitPolicy": "{{policy}}",
          "inputs": [{ "id": "size", "type": "number", "label": { "en": "Size" } }],
          "outcomes": ["small", "any"],
          "rules": [
            { "id": "a", "when": { "size": { "below": 10 } }, "outcome": "small", "legalReference": "none" },
            { "id": "b", "when": {}, "outcome": "any", "legalReference": "none" }
          ]
        }
        """;
}
