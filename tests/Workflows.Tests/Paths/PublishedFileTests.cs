using System.Globalization;
using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed class PublishedFileTests
{
    [Fact]
    public void No_published_file_was_edited() => Golden.Matches(
        string.Join('\n', Files().Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Hash()}  {x.Path}"))),
        "tests/Workflows.Tests/Paths/published.txt");

    [Fact]
    public void Every_file_verifies() => Assert.Empty(PublishDefinitions.Verify(Files()).Select(x => $"{x.Path} {x.Code}: {x.Message}"));

    [Fact]
    public async Task A_number_that_was_published_with_other_content_is_refused_naming_both()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        PublishDefinitions publish = new(new RuleCatalog());
        await using CaseDb db = database.Context();
        DefinitionFile[] files = [.. Files()];
        Published first = await publish.RunAsync(db, files, "tests", PathWorld.Begin, CancellationToken.None);
        Published again = await publish.RunAsync(db, files, "tests", PathWorld.Begin, CancellationToken.None);
        DefinitionFile[] edited = [.. files.Select(x => x.Kind == "form" ? x with { Text = x.Text.Replace("Initial review", "First look", StringComparison.Ordinal) } : x)];
        Published refused = await publish.RunAsync(db, edited, "tests", PathWorld.Begin, CancellationToken.None);
        Assert.Equal(files.Length, first.Added.Count);
        Assert.Empty(again.Added);
        Assert.Empty(refused.Added);
        FileProblem form = Assert.Single(refused.Problems, x => x.Path == "forms/initial-review/1.json");
        DefinitionFile before = files.Single(x => x.Path == form.Path);
        DefinitionFile after = edited.Single(x => x.Path == form.Path);
        Assert.Contains(before.Hash(), form.Message, StringComparison.Ordinal);
        Assert.Contains(after.Hash(), form.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"offence-class\"", "\"offence-klass\"", "table-unknown")]
    [InlineData("\"legal-adviser\"", "\"legal-advisor\"", "role-unknown")]
    [InlineData("1 working day after now", "one working day after now", "date-rule-unreadable")]
    [InlineData("IndictableOnly\\\",", "IndictableOnlie\\\",", "outcomes-differ")]
    public void A_mistake_in_a_definition_is_named(string from, string to, string code)
    {
        DefinitionFile[] files = [.. Files().Select(x => x.Path == "mags-charged-defendant/1.json" ? x with { Text = x.Text.Replace(from, to, StringComparison.Ordinal) } : x)];
        Assert.Contains(code, PublishDefinitions.Verify(files).Select(x => x.Code));
    }

    [Fact]
    public void A_trigger_that_cannot_be_told_is_named()
    {
        string text = Draw.Workflow(Draw.Flowchart("flow", [Draw.Activity("nightly", "Elsa.Cron", ("cronExpression", Draw.Literal("at night")), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }))]), id: "sweep").Json.ToJsonString();

        FileProblem problem = Assert.Single(PublishDefinitions.Verify([new DefinitionFile("workflow", "sweep", 1, "sweep/1.json", text)]));

        Assert.Equal(("trigger-unreadable", "sweep/1.json"), (problem.Code, problem.Path));
        Assert.StartsWith("nightly: ", problem.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DefinitionFile> Files() => DefinitionFiles.Read(Repository.PathOf("definitions"));
}
