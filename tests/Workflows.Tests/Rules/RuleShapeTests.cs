using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.Workflows.Activities;
using Assize.Workflows.Decisions;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Xunit;

namespace Assize.Workflows.Tests.Rules;

/// <summary>Every file that comes with the software can be shown, filled in and compared on pages, and stays what it is.</summary>
public sealed class RuleShapeTests
{
    private static readonly IReadOnlyList<DefinitionFile> s_files = [.. DefinitionFiles.Read(Repository.PathOf("definitions")).Where(x => RuleName.Kinds.Contains(x.Kind))];

    [Fact]
    public void Files_of_the_software_have_no_member_that_the_pages_do_not_know() =>
        Assert.All(s_files, file => Assert.Empty(ShapeProblems.Of(RuleShape.Of(file.Kind), RuleJson.Read(file.Text)!).Select(x => $"{file.Path}: {x.Message}")));

    [Fact]
    public void Saving_every_part_unchanged_changes_nothing() => Assert.All(s_files, file =>
    {
        RuleShape shape = RuleShape.Of(file.Kind);
        JsonObject json = RuleJson.Read(file.Text)!, saved = RuleEdit.Fill(shape, json, Said(shape.Fields, json));
        foreach (RulePart part in shape.Parts)
        {
            for (int index = 0; index < RuleJson.Entries(json, part.Member).Count; index++)
            {
                JsonObject entry = RuleJson.Entries(json, part.Member)[index];
                saved = RuleEdit.Fill(shape, saved, $"{part.Member}/{index}", Said(part.FieldsIn(json), entry))!;
                for (int inner = 0; part.Inner is not null && inner < RuleJson.Entries(entry, part.Inner.Member).Count; inner++)
                {
                    saved = RuleEdit.Fill(shape, saved, $"{part.Member}/{index}/{part.Inner.Member}/{inner}", Said(part.Inner.Fields, RuleJson.Entries(entry, part.Inner.Member)[inner]))!;
                }
            }
        }

        Assert.Equal(RuleHash.Of(file.Text), RuleHash.Of(saved.ToJsonString()));
        Assert.Empty(RuleDiff.Between(file.Kind, json, saved));
    });

    [Fact]
    public void Conditions_are_read_as_they_are_said() => Assert.All(
        (string[])["""true""", """{ "below": 21, "atLeast": 18 }""", """{ "in": ["a, b", "c"] }""", """{ "in": ["a", "b"] }""", """{ "contains": "either-way" }""", """{ "not": "not guilty" }"""],
        json =>
        {
            JsonNode condition = JsonNode.Parse(json)!;
            string type = json.Contains("18", StringComparison.Ordinal) ? "number" : json == "true" ? "boolean" : json.Contains("contains", StringComparison.Ordinal) ? "texts" : "text";

            Assert.True(JsonNode.DeepEquals(condition, ConditionWords.Read(ConditionWords.Say(condition, type), type)), json);
        });

    [Fact]
    public void A_difference_is_told_in_words_by_row_and_field()
    {
        JsonObject older = RulePublicationTests.Table(200, null), newer = RulePublicationTests.Table(100, "2026-03-01");
        newer["rules"]!.AsArray().Insert(0, JsonNode.Parse("""{ "id": "none", "when": { "value": 0 }, "outcome": "Small", "legalReference": "Invented Act" }"""));
        JsonObject moved = RuleEdit.Move(RuleShape.Of("table"), newer, "rules/2", -1)!;

        Assert.Equal(
            ["First legal day of the cases that take it is now “2026-03-01”; it was empty.", "Rule “none” is new (Small, Invented Act).", "Rule “small”: Value is now “below 100”; it was “below 200”."],
            RuleDiff.Between("table", older, newer));
        Assert.Equal(["Rule “small” moved: it is now after “large”."], RuleDiff.Between("table", newer, moved));
        Assert.Equal(["Rule “none” was taken out (Small, Invented Act)."], RuleDiff.Between("table", newer, RuleEdit.Remove(RuleShape.Of("table"), newer, "rules/0")!));
    }

    [Fact]
    public void A_rule_that_never_decides_is_named_and_the_softwares_table_has_none()
    {
        JsonObject table = RulePublicationTests.Table(200, null);
        JsonObject turned = RuleEdit.Move(RuleShape.Of("table"), table, "rules/1", -1)!;

        Assert.Empty(TableCoverage.Problems(DecisionTable.Read(s_files.Single(x => x.Kind == "table").Text))!);
        Assert.Contains("Rule 2 “small” never decides", Assert.Single(TableCoverage.Problems(DecisionTable.Read(RuleText.Store(new RuleName("table", "t"), turned, 1)))!), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Said(IReadOnlyList<RuleField> fields, JsonObject entry) => fields.ToDictionary(x => x.Member, x => FieldText.Read(x, entry));
}
