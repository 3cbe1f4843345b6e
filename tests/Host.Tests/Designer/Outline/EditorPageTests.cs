using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Designer.Outline;

/// <summary>Who may open the pages on which a workflow is changed, and what becomes of a change that came too late.</summary>
public sealed class EditorPageTests(HostFixture host)
{
    private const string Add = "/designer/outline/{definitionId}/add";
    private const string Workflow = "/designer/outline/{definitionId}/workflow";
    private const string Remove = "/designer/outline/{definitionId}/steps/{stepId}/remove";
    private const string Move = "/designer/outline/{definitionId}/steps/{stepId}/move";
    private const string Lead = "/designer/outline/{definitionId}/steps/{stepId}/lead";

    public static TheoryData<string> Pages => ["add", "workflow", "steps/start/remove", "steps/start/move", "steps/start/lead?port=Done"];

    [Theory]
    [MemberData(nameof(Pages))]
    [TestsPage(Add, PageCase.NoRole)]
    [TestsPage(Workflow, PageCase.NoRole)]
    [TestsPage(Remove, PageCase.NoRole)]
    [TestsPage(Move, PageCase.NoRole)]
    [TestsPage(Lead, PageCase.NoRole)]
    public Task Get_WithoutARole_IsRefused(string page) => host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Roleless, $"/designer/outline/mags-charged/{page}");

    [Theory]
    [MemberData(nameof(Pages))]
    [TestsPage(Add, PageCase.WrongRole)]
    [TestsPage(Workflow, PageCase.WrongRole)]
    [TestsPage(Remove, PageCase.WrongRole)]
    [TestsPage(Move, PageCase.WrongRole)]
    [TestsPage(Lead, PageCase.WrongRole)]
    public async Task GetAndPost_ByAReader_AreRefused(string page)
    {
        await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Lawyer, $"/designer/outline/mags-charged/{page}");
        await host.ExpectForgedAsync(HttpStatusCode.Forbidden, Cast.Lawyer, $"/designer/outline/mags-charged/{page.Split('?')[0]}", ("port", "Done"), ("name", "Mine"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [TestsPage(Add, PageCase.UnknownId)]
    [TestsPage(Workflow, PageCase.UnknownId)]
    [TestsPage(Remove, PageCase.UnknownId)]
    [TestsPage(Move, PageCase.UnknownId)]
    [TestsPage(Lead, PageCase.UnknownId)]
    public async Task Get_OfWhatIsNotThere_IsNotFound(string page)
    {
        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, $"/designer/outline/none/{page}");
        if (page.StartsWith("steps", StringComparison.Ordinal))
        {
            await host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, $"/designer/outline/mags-charged/{page.Replace("start", "none", StringComparison.Ordinal)}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [TestsPage(Add, PageCase.WrongState)]
    [TestsPage(Workflow, PageCase.WrongState)]
    [TestsPage(Remove, PageCase.WrongState)]
    [TestsPage(Move, PageCase.WrongState)]
    [TestsPage(Lead, PageCase.WrongState)]
    public async Task Post_AfterSomebodyElseSaved_NamesThem_AndChangesNothing(string page)
    {
        var id = await host.CopyOfAsync("mags-charged", "Overtaken");
        using var one = host.Client(Cast.ProcessOwner);
        using var other = host.Client(Cast.SecondOwner);
        var path = $"/designer/outline/{id}/{page}";
        using var shown = await other.GetAsync(path, TestContext.Current.CancellationToken);
        using (await one.PostFormAsync($"/designer/outline/{id}/steps/start", "steps", ("title", "By Polly")))
        {
        }

        var before = await one.LoadAsync(id);
        using var refused = await other.SendFormAsync(shown, path.Split('?')[0],
            ("name", "By Otto"), ("type", "Elsa.End"), ("title", "By Otto"), ("place", "after m5-initial-review Continue"), ("to", ""), ("onTo", ""));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Polly Gorse saved this draft", (await refused.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await one.LoadAsync(id)).ToJsonString());
    }

    [Fact]
    [TestsPage(Add, PageCase.HappyPath)]
    public async Task Add_OnAnOutcome_PutsTheStepBetween_Once()
    {
        var id = await host.CopyOfAsync("mags-charged", "Added to");
        using var owner = host.Client(Cast.ProcessOwner);
        using var shown = await owner.GetAsync($"/designer/outline/{id}/add?place=after%20m5-initial-review%20Continue", TestContext.Current.CancellationToken);
        var followed = (await owner.LoadAsync(id))["root"]!["connections"]!.AsArray()
            .First(arrow => arrow!["source"]!["activity"]!.GetValue<string>() == "m5-initial-review" && arrow["source"]!["port"]!.GetValue<string>() == "Continue")!["target"]!["activity"]!.GetValue<string>();
        (string, string)[] typed = [("type", "Assize.CaseTask"), ("title", "Second look"), ("place", "after m5-initial-review Continue")];

        using var added = await owner.SendFormAsync(shown, $"/designer/outline/{id}/add", typed);
        using var again = await owner.SendFormAsync(shown, $"/designer/outline/{id}/add", typed);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (added.StatusCode, again.StatusCode));
        using var outline = await owner.GetAsync($"/designer/outline/{id}", TestContext.Current.CancellationToken);
        var page = await outline.PageAsync();
        var review = page.QuerySelector("#step-m5-initial-review")!.TextContent;
        var newId = added.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Matches("Continue: *goes to *[0-9]+. Second look", string.Join(' ', review.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.EndsWith($"#step-{followed}", page.QuerySelector($"[id='step-{newId}'] .assize-outline__leads a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull((await owner.LoadAsync(id)).StepOf(newId)["metadata"]!["designer"]!["position"]);
    }

    [Fact]
    [TestsPage(Remove, PageCase.HappyPath)]
    public async Task Remove_OfAStep_LeadsWhatLedToIt_WhereItWasTold()
    {
        var id = await host.CopyOfAsync("intake", "Removed from");
        using var owner = host.Client(Cast.ProcessOwner);

        using var removed = await owner.PostFormAsync($"/designer/outline/{id}/steps/register/remove", "remove", ("onTo", "accepted"));
        using var outline = await owner.GetAsync($"/designer/outline/{id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        var page = await outline.PageAsync();
        Assert.Null(page.QuerySelector("#step-register"));
        Assert.Contains("Accepted", page.QuerySelector("#step-validate")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Move, PageCase.HappyPath)]
    [TestsPage(Lead, PageCase.HappyPath)]
    public async Task Move_AndLead_ChangeTheConnections_AndNoPosition()
    {
        var id = await host.CopyOfAsync("intake", "Moved in");
        using var owner = host.Client(Cast.ProcessOwner);
        var before = await owner.LoadAsync(id);

        using var moved = await owner.PostFormAsync($"/designer/outline/{id}/steps/register/move", "move", ("place", "after validate Duplicate"));
        using var led = await owner.PostFormAsync($"/designer/outline/{id}/steps/correct-prosecution/lead?port=Withdrawn&from=reject", "lead", ("to", "withdrawn"));

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (moved.StatusCode, led.StatusCode));
        var after = await owner.LoadAsync(id);
        var arrows = after["root"]!["connections"]!.AsArray().Select(arrow => $"{arrow!["source"]!["activity"]}:{arrow["source"]!["port"]}->{arrow["target"]!["activity"]}").ToList();
        Assert.Contains("validate:Duplicate->register", arrows);
        Assert.Contains("validate:Valid->accepted", arrows);
        Assert.Contains("correct-prosecution:Withdrawn->withdrawn", arrows);
        Assert.Equal(before["root"]!["activities"]!.ToJsonString(), after["root"]!["activities"]!.ToJsonString());
    }

    [Fact]
    [TestsPage(Workflow, PageCase.HappyPath)]
    public async Task Workflow_WithANewVariable_AndOneTwice_KeepsTheFirst_AndAsksAboutTheSecond()
    {
        var id = await host.CopyOfAsync("intake", "Described");
        using var owner = host.Client(Cast.ProcessOwner);
        var path = $"/designer/outline/{id}/workflow";
        (string, string)[] variable = [("variable-1-name", "Plea"), ("variable-1-type", "String"), ("variable-1-was", ""), ("variable-2-name", "")];

        using var saved = await owner.PostFormAsync(path, "workflow", [("name", $"Described {id}"), ("description", "By hand"), .. variable]);
        using var twice = await owner.PostFormAsync(path, "workflow", [("name", $"Described {id}"), ("variable-1-name", "Plea"), ("variable-2-name", "plea")]);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity), (saved.StatusCode, twice.StatusCode));
        var after = await owner.LoadAsync(id);
        Assert.Equal(("By hand", "plea", "Plea"), (after["description"]!.GetValue<string>(), after["variables"]![0]!["id"]!.GetValue<string>(), after["variables"]![0]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Request_OfABrokenDraft_NamesTheStep_AndOfAMendedOne_WaitsForAnother()
    {
        var id = await host.BeginAsync("Asked in words");
        using var owner = host.Client(Cast.ProcessOwner);
        using (await owner.PostFormAsync($"/designer/outline/{id}/add", "add", ("type", "Assize.CaseTask"), ("title", "Look"), ("place", "after start Done")))
        {
        }

        using var refused = await owner.PostFormAsync($"/designer/outline/{id}", "request");
        var step = (await owner.LoadAsync(id))["root"]!["activities"]![1]!["id"]!.GetValue<string>();
        using (await owner.PostFormAsync($"/designer/outline/{id}/steps/{step}", "steps", ("title", "Look"), ("in-agency-as", "plain"), ("in-agency", "prosecutor"),
            ("in-role-as", "plain"), ("in-role", "reviewing-lawyer"), ("in-form-as", "plain"), ("in-form", "initial-review"), ("in-outcomes-as", "plain"), ("in-outcomes", "Continue\r\nDiscontinue")))
        {
        }

        using var asked = await owner.PostFormAsync($"/designer/outline/{id}", "request", ("note", "First version"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("\"Agency\" filled in", (await refused.PageAsync()).QuerySelector($"#step-{step}")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
    }
}
