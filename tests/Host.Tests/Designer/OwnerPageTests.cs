using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Designer.Outline;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class OwnerPageTests(HostFixture host) : IAsyncLifetime
{
    private const string Page = "/designer/owners/{key}";

    private static readonly DefinitionOwner s_area = DefinitionOwner.OfArea("Cumbria");
    private static readonly (string, string) s_reason = ("reason", "That area works it and nobody else.");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Polly and Otto hold the right for an area beside that for the baseline.
    public async ValueTask InitializeAsync()
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        foreach (var subject in (string[])[Cast.ProcessOwner, Cast.SecondOwner])
        {
            var right = DraftingRight.First(subject, s_area, DateTimeOffset.UnixEpoch, "The tests", "Tests");
            if (!await db.DraftingRights.AnyAsync(one => one.Id == right.Id, Stop))
            {
                db.Add(right);
            }
        }

        await db.SaveChangesAsync(Stop);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public Task Get_WithoutSignIn_IsChallenged() => host.ExpectAsync(HttpStatusCode.Unauthorized, null, "/designer/owners/intake");

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public Task Get_OfWhatIsNotThere_IsNotFound() => host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/owners/nothing-of-that-name");

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Give_WithoutTheRightsOfBoth_IsNotOffered_AndRefusedWithTheReason()
    {
        var path = $"/designer/owners/{await host.BeginAsync("Not theirs to give")}";
        using var third = host.Client(Cast.ThirdOwner);
        using var owner = host.Client(Cast.ProcessOwner);

        await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Lawyer, path);
        using var shown = await third.GetAsync(path, Stop);
        using var form = await owner.GetAsync(path, Stop);
        using var forged = await third.PostShownAsync(form, "ask", ("owner", s_area.ToString()), s_reason);

        Assert.Contains("Whoever holds the drafting rights of both owners", (await shown.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await shown.PageAsync()).QuerySelectorAll("main form"));
        Assert.Contains(forged.StatusCode, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.BadRequest]);
        Assert.DoesNotContain("Area: Cumbria", (await TextAsync(owner, path)).Split("Give it to another owner")[0], StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Give_WithoutAReason_OrOfWhatAllCasesTake_IsRefused_AndNothingChanges()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var path = $"/designer/owners/{await host.BeginAsync("Without a reason")}";

        using var nobody = await owner.PostFormAsync(path, "ask", s_reason);
        using var mute = await owner.PostFormAsync(path, "ask", ("owner", s_area.ToString()), ("reason", "so"));
        using var wide = await owner.PostFormAsync("/designer/owners/intake", "ask", ("owner", s_area.ToString()), s_reason);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict), (nobody.StatusCode, mute.StatusCode, wide.StatusCode));
        Assert.Contains("Say why, in at least 20 letters", (await mute.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", (await wide.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("National baseline", (await TextAsync(owner, path)).Split("Give it to another owner")[0], StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Give_OfADraft_CountsAtOnce_AndOfWhatIsPublished_WaitsForAnother()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var id = await host.BeginAsync("Given");
        var path = $"/designer/owners/{id}";

        using var given = await owner.PostFormAsync(path, "ask", ("owner", s_area.ToString()), s_reason);
        var area = await TextAsync(owner, path);
        await owner.AskToPublishAsync(id);
        await PublicationPageTests.ApproveAsync(second, id);
        using var asked = await owner.PostFormAsync(path, "ask", ("owner", DefinitionOwner.National.ToString()), ("reason", "All areas work it now, as agreed."));
        var waiting = await TextAsync(owner, path);
        var listed = await TextAsync(second, "/designer/publications");
        using var approved = await second.PostFormAsync(path, "decide", ("decision", "approve"));
        using var late = await owner.PostFormAsync(path, "ask", ("owner", DefinitionOwner.National.ToString()), s_reason);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Conflict), (given.StatusCode, asked.StatusCode, approved.StatusCode, late.StatusCode));
        Assert.Contains("Area: Cumbria", area.Split("Give it to another owner")[0], StringComparison.Ordinal);
        Assert.Contains("You asked for this yourself, so another process owner decides.", waiting, StringComparison.Ordinal);
        Assert.Contains("A change of owner waits", listed, StringComparison.Ordinal);
        Assert.Contains("National baseline", (await TextAsync(owner, path)).Split("Give it to another owner")[0], StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var shown = await client.GetAsync(path, Stop);
        return (await shown.PageAsync()).QuerySelector("main")!.TextContent;
    }
}
