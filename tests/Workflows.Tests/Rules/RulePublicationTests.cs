using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rules;

public sealed class RulePublicationTests
{
    private static readonly RuleName s_rule = new("table", "theft-class");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_next_case_is_decided_by_the_version_of_its_legal_date(DatabaseKind kind)
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(kind);
        await world.PublishAsync(Table(below: 200, from: null));
        await world.PublishWorkflowAsync();
        await world.StartAsync("earlier", new DateOnly(2026, 2, 27));

        await world.PublishAsync(Table(below: 100, from: "2026-03-01"));
        await world.StartAsync("before", new DateOnly(2026, 2, 28));
        await world.StartAsync("after", new DateOnly(2026, 3, 1));

        Assert.Equal(["small", "small", "large"], [await world.StepAsync("earlier"), await world.StepAsync("before"), await world.StepAsync("after")]);
    }

    [Fact]
    public async Task Whoever_asks_does_not_approve_and_nobody_approves_another_text()
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(DatabaseKind.Sqlite);
        PublicationRequest asked = Assert.IsType<PublicationRequested>(await world.AskAsync(Table(below: 200, from: null))).Request;

        Assert.Equal("same-person", Assert.IsType<DraftRefused>(await world.ApproveAsync("polly", asked.Id, asked.Hash)).Code);
        Assert.Equal("hash-differs", Assert.IsType<DraftRefused>(await world.ApproveAsync("otto", asked.Id, "another")).Code);
        Assert.IsType<PublicationDecided>(await world.ApproveAsync("otto", asked.Id, asked.Hash));

        await using CaseDb db = world.Context();
        PublishedResource published = await db.PublishedResources.SingleAsync(x => x.Kind == "table" && x.Id == s_rule.Id, Stop);
        Assert.Equal((1, RuleHash.Of(published.Text)), (published.Version, published.Hash));
        Assert.False(await db.Drafts.AnyAsync(x => x.DefinitionId == "table:theft-class", Stop));
    }

    [Fact]
    public async Task A_broken_draft_is_kept_and_refused_with_the_row_and_the_reason()
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(DatabaseKind.Sqlite);
        JsonObject table = Table(below: 200, from: "2026-02-30");
        table["rules"]![1]!.AsObject()["when"] = new JsonObject { ["value"] = new JsonObject { ["above"] = 300 } };

        DraftRefused dayless = Assert.IsType<DraftRefused>(await world.AskAsync(table));
        table["effectiveFrom"] = "2026-02-28";
        DraftRefused gap = Assert.IsType<DraftRefused>(await world.AskAsync(table));
        table["hitPolicy"] = "unique";
        table["rules"]![1]!["when"]!["value"]!["above"] = 50;
        DraftRefused overlap = Assert.IsType<DraftRefused>(await world.AskAsync(table));

        Assert.Contains("“2026-02-30” is no day", Assert.Single(dayless.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(
            ((string[])["200", "250", "300"]).Select(x => $"There is a gap: no rule applies to Value: {x} (on 28 February 2026). Add a rule for it, or widen one."), gap.Problems.Select(x => x.Message));
        Assert.Contains("Rules “small” and “large” overlap", Assert.Single(overlap.Problems).Message, StringComparison.Ordinal);
        await using CaseDb db = world.Context();
        Assert.Contains("\"unique\"", (await db.Drafts.SingleAsync(Stop)).Text, StringComparison.Ordinal);
        Assert.Empty(await db.PublicationRequests.ToListAsync(Stop));
    }

    [Fact]
    public async Task An_outcome_that_a_running_workflow_lacks_is_refused_naming_the_step()
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(Table(below: 200, from: null));
        await world.PublishWorkflowAsync();
        JsonObject table = Table(below: 200, from: "2026-03-01");
        table["outcomes"]!.AsArray().Add("Huge");
        table["rules"]!.AsArray().Insert(0, JsonNode.Parse("""{ "id": "huge", "when": { "value": { "above": 1000 } }, "outcome": "Huge", "legalReference": "Invented Act" }"""));

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskAsync(table));

        Assert.Contains("step “decide” of workflow “mags-charged” (version 4)", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_that_cases_elsewhere_lack_is_refused_though_the_newest_version_asks_no_table()
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(Table(below: 200, from: null));
        await world.PublishWorkflowAsync();
        await world.PublishWorkflowAsync(asks: false, new ReleaseTerms { From = new DateOnly(2026, 1, 1), Area = "Merseyside" });
        JsonObject table = Table(below: 200, from: "2026-03-01");
        table["outcomes"]!.AsArray().Add("Huge");
        table["rules"]!.AsArray().Insert(0, JsonNode.Parse("""{ "id": "huge", "when": { "value": { "above": 1000 } }, "outcome": "Huge", "legalReference": "Invented Act" }"""));

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskAsync(table));
        await world.PublishWorkflowAsync(asks: false, new ReleaseTerms { From = new DateOnly(2026, 2, 1) });

        Assert.Contains("step “decide” of workflow “mags-charged” (version 4)", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        Assert.IsType<PublicationRequested>(await world.AskAsync(table));
    }

    [Fact]
    public async Task Going_on_from_an_overtaken_page_is_refused_and_kept_as_a_copy()
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(DatabaseKind.Sqlite);
        Assert.IsType<DraftSaved>(await world.SaveAsync(Table(below: 200, from: null), null));
        Assert.IsType<DraftSaved>(await world.SaveAsync(Table(below: 150, from: null), 1));

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.SaveAsync(Table(below: 100, from: null), 1));

        Assert.Equal("draft-stale", refused.Code);
        await using CaseDb db = world.Context();
        Assert.Contains("100", (await db.Set<DraftCopy>().SingleAsync(Stop)).Text, StringComparison.Ordinal);
        Assert.Contains("150", (await db.Drafts.SingleAsync(Stop)).Text, StringComparison.Ordinal);
    }

    internal static JsonObject Table(int below, string? from) => RuleJson.Read($$"""
        {
          "title": { "en": "Class of the theft" }, "legalReference": "Invented Act 2020, s. 1", "effectiveFrom": {{(from is null ? "null" : $"\"{from}\"")}}, "hitPolicy": "first",
          "inputs": [{ "id": "value", "type": "number", "label": { "en": "Value" } }], "outcomes": ["Small", "Large"],
          "rules": [
            { "id": "small", "when": { "value": { "below": {{below}} } }, "outcome": "Small", "legalReference": "Invented Act 2020, s. 1(1)" },
            { "id": "large", "when": {}, "outcome": "Large", "legalReference": "Invented Act 2020, s. 1(2)" }
          ]
        }
        """)!;
}

/// <summary>The published definitions, two process owners, and hands to draft, publish and use a table.</summary>
internal sealed class RuleWorld : IAsyncDisposable
{
    private readonly PathWorld _paths;

    private RuleWorld(PathWorld paths) => _paths = paths;

    public static async Task<RuleWorld> OpenAsync(DatabaseKind kind)
    {
        // Its workflow is a small one, without the steps that the law requires.
        RuleWorld world = new(await PathWorld.OpenAsync(kind, x => x.Kind is not (StatutorySteps.Kind or RuleName.Overlay)));
        await using CaseDb db = world.Context();
        foreach (string subject in (string[])["polly", "otto"])
        {
            db.Add(new Person { Subject = subject, Name = subject, Agency = "liverpool-magistrates", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = subject, Role = Roles.ProcessOwner, Agency = "liverpool-magistrates", From = DateTimeOffset.UnixEpoch });
            db.Add(DraftingRight.First(subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        }
        await db.SaveChangesAsync();
        return world;
    }

    public CaseDb Context() => _paths.Context();

    public async Task<DraftAnswer> SaveAsync(JsonObject file, int? revision, string rule = "table:theft-class")
    {
        await using CaseDb db = Context();
        return await _paths.Saving.RunAsync(db, Caller("polly"), new SentRule(RuleName.Parse(rule)!, file, revision), default);
    }

    public async Task<DraftAnswer> AskAsync(JsonObject file, string rule = "table:theft-class")
    {
        await using CaseDb db = Context();
        int? revision = (await db.Drafts.AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == rule))?.Revision;
        Assert.IsType<DraftSaved>(await SaveAsync(file, revision, rule));
        return await _paths.Asking.RunAsync(db, Caller("polly"), rule, "Tried", default);
    }

    public async Task<DraftAnswer> ApproveAsync(string subject, string request, string hash)
    {
        await using CaseDb db = Context();
        return await _paths.Deciding.ApproveAsync(db, Caller(subject), request, hash, default, _paths.Now);
    }

    public async Task PublishAsync(JsonObject file, string rule = "table:theft-class")
    {
        DraftAnswer answer = await AskAsync(file, rule);
        PublicationRequest asked = answer is PublicationRequested requested ? requested.Request
            : throw new Xunit.Sdk.XunitException(string.Join(" ", ((DraftRefused)answer).Problems.Select(x => x.Message)));
        Assert.IsType<PublicationDecided>(await ApproveAsync("otto", asked.Id, asked.Hash));
    }

    /// <summary>A next version of the charged case that waits at a step, by the outcome of the table where it asks that.</summary>
    public async Task PublishWorkflowAsync(bool asks = true, ReleaseTerms? terms = null)
    {
        WorkflowDefinition drawn = !asks ? Draw.Workflow(Draw.Flowchart("flow", [Step("small")]), id: "mags-charged") : Draw.Workflow(
            Draw.Flowchart("flow",
                [
                    Draw.Activity("decide", "Assize.Decision", ("table", Draw.Literal("theft-class")), ("facts", Draw.Script("({ value: 150 })")), ("lawOn", Draw.Literal("charge")),
                        ("outcomes", Draw.Wrapped("Object", """["Small", "Large"]"""))),
                    Step("small"), Step("large"),
                ],
                "decide:Small -> small", "decide:Large -> large"),
            id: "mags-charged");
        await using CaseDb db = Context();
        Assert.IsType<DraftSaved>(await _paths.Saving.RunAsync(db, Caller("polly"), drawn, default));
        DraftAnswer answer = await _paths.Asking.RunAsync(db, Caller("polly"), "mags-charged", null, default, terms ?? new ReleaseTerms { From = new DateOnly(2026, 1, 1) });
        PublicationRequest asked = answer is PublicationRequested requested ? requested.Request : throw new Xunit.Sdk.XunitException(string.Join(" ", ((DraftRefused)answer).Problems.Select(x => x.Message)));
        Assert.IsType<PublicationDecided>(await ApproveAsync("otto", asked.Id, asked.Hash));
    }

    public Task StartAsync(string caseId, DateOnly legalDate) =>
        _paths.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())) with { Urn = caseId, LegalDate = legalDate, Area = "Merseyside" }, caseId);

    /// <summary>The step at which a case waits.</summary>
    public async Task<string> StepAsync(string caseId)
    {
        await using CaseDb db = Context();
        return (await db.Tasks.SingleAsync(x => x.CaseId == caseId)).ActivityId;
    }

    public async ValueTask DisposeAsync() => await _paths.DisposeAsync();

    private static JsonObject Step(string id) => Draw.Activity(id, "Assize.CaseTask",
        ("agency", Draw.Literal("court")), ("role", Draw.Literal("legal-adviser")), ("title", Draw.Literal(id)), ("form", Draw.Literal("sentence")), ("outcomes", Draw.Wrapped("Object", """["Done"]""")));

    private static Caller Caller(string subject) => new(subject, "liverpool-magistrates", [Roles.ProcessOwner], subject, false, "tests");
}
