using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit;
using Assize.TestKit.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Rules;
using Assize.Workflows.Verifying;
using Xunit;

namespace Assize.Workflows.Tests.Verifying;

public sealed class StatutoryStepsTests
{
    private static readonly IReadOnlyList<DefinitionFile> s_files = DefinitionFiles.Read(Repository.PathOf("definitions"));
    private static readonly string s_table = s_files.Single(x => x is { Kind: StatutorySteps.Kind, Id: StatutorySteps.Required, Version: 1 }).Text;

    [Fact]
    public void All_versions_of_ours_have_what_the_law_requires()
    {
        StatutorySteps table = StatutorySteps.Read(s_table);

        Assert.Empty(s_files.Where(x => x.Kind == "workflow").SelectMany(x => table.Verify(DefinitionReader.Read(x.Text), null)).Select(x => x.Message));
        Assert.All(table.Steps, step => Assert.Contains(s_files, x => x.Kind == "workflow" && x.Id == step.Workflow));
    }

    [Theory]
    [InlineData("m4-deadline", null, "statutory-step-missing", "The law requires the step “Time limit for the initial details” (Criminal Procedure Rules, r. 8.2), but no time limit with the id 'm4-deadline' is drawn. Draw it again")]
    [InlineData("m4-deadline", "due", "statutory-deadline-missing", "1 day before hearing, not rolled (Criminal Procedure Rules, r. 8.2), but it is due “5 days after now”. Give it that deadline.")]
    [InlineData("m4-serve-initial-details", "statutory", "statutory-flag-missing", "is not marked as statutory. Mark it.")]
    public void A_step_of_the_law_cannot_be_lost(string step, string? input, string code, string says)
    {
        JsonObject json = JsonNode.Parse(s_files.Single(x => x is { Id: "mags-charged", Version: 3 }).Text)!.AsObject();
        JsonArray steps = json["root"]!["activities"]!.AsArray();
        JsonNode lost = steps.Single(x => x!["id"]!.GetValue<string>() == step)!;
        if (input is null)
        {
            steps.Remove(lost);
        }
        else
        {
            lost[input] = Draw.Literal(input == "due" ? "5 days after now" : "False");
        }
        StatutorySteps table = StatutorySteps.Read(s_table);

        Verification verification = Verification.Of(
            DefinitionReader.Read(json.ToJsonString()), (kind, id) => kind == StatutorySteps.Kind ? table : s_files.Where(x => x.Kind == kind && x.Id == id).MaxBy(x => x.Version), NamedWorkflows.Among([]));

        DefinitionProblem problem = Assert.Single(verification.Checks.Single(x => x.Name == "Statutory steps").Problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.False(verification.MayBePublished);
    }

    [Fact]
    public void Only_the_law_of_the_day_counts()
    {
        StatutorySteps table = StatutorySteps.Read(s_table.Replace("\"from\": null,\n      \"to\": null", "\"from\": \"2026-02-01\",\n      \"to\": \"2026-02-28\"", StringComparison.Ordinal));
        WorkflowDefinition bare = Draw.Workflow(Draw.Flowchart("flow", [Draw.Activity("start", "Elsa.Start")]), id: "mags-charged");

        Assert.Equal([0, 2, 2, 0], new[] { "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01" }.Select(day => table.Verify(bare, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Count()));
    }

    [Theory]
    [InlineData("\"28 days after now\"", "\"whenever\"")]
    [InlineData("\"Crime and Disorder Act 1998, s. 51\"", "\"\"")]
    [InlineData("\"title\": { \"en\": \"Allocation\" },", "")]
    public void A_table_that_cannot_be_relied_on_is_refused(string part, string by) =>
        Assert.Throws<RuleFileUnreadable>(() => StatutorySteps.Read(s_table.Replace(part, by, StringComparison.Ordinal)));
}
