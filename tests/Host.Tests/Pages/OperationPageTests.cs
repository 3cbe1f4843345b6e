using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages;

[SparesPage(List, PageCase.UnknownId, "no id in the address")]
[SparesPage(List, PageCase.WrongState, "a list of whatever there is")]
public sealed class OperationPageTests(HostFixture host)
{
    private const string List = "/operations";
    private const string One = "/operations/{id}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Cast.Roleless)]
    [InlineData(Cast.CaseBuilder)]
    [TestsPage(List, PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage(One, PageCase.NoRole)]
    public async Task Get_WithoutTheRole_IsRefused(string subject)
    {
        var id = await BeginAsync(Cast.ProcessOwner, "liverpool-magistrates");
        using var client = host.Client(subject);

        foreach (var path in (string[])["/operations", $"/operations/{id}", "/api/v1/operations", $"/api/v1/operations/{id}"])
        {
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    [TestsPage(List, PageCase.HappyPath)]
    [TestsPage(One, PageCase.WrongRole, PageCase.UnknownId)]
    public async Task Get_OfAnotherAgency_OrUnknown_IsNotFound_AndNotListed()
    {
        var id = await BeginAsync(Cast.ProcessOwner, "liverpool-magistrates");
        using var client = host.Client(Cast.AgencyAdmin);

        foreach (var path in (string[])[$"/operations/{id}", "/operations/none", $"/api/v1/operations/{id}"])
        {
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var list = await client.GetAsync("/operations", Stop);
        Assert.DoesNotContain(id, await list.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    [TestsPage(One, PageCase.WrongState)]
    public async Task Post_ToWhatHasEnded_IsRefused_AndSaysSo()
    {
        var id = await BeginAsync(Cast.ProcessOwner, "liverpool-magistrates");
        await SetAsync(id, OperationState.Completed);
        using var client = host.Client(Cast.ProcessOwner);

        using var page = await client.GetAsync($"/operations/{id}", Stop);
        using var answer = await client.PostAsync($"/api/v1/operations/{id}/pause", null, Stop);

        Assert.Empty((await page.PageAsync()).QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("operation-state", (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["code"]!.GetValue<string>());
    }

    [Fact]
    [TestsPage(One, PageCase.HappyPath)]
    public async Task Post_PauseGoOnAndCancel_AreKeptForTheRunner_AndAudited()
    {
        var id = await BeginAsync(Cast.ProcessOwner, "liverpool-magistrates");
        using var client = host.Client(Cast.ProcessOwner);

        using var paused = await client.PostFormAsync($"/operations/{id}", id, ("steer", "pause"));
        Assert.Equal(HttpStatusCode.Found, paused.StatusCode);
        Assert.Equal((OperationState.Waiting, OperationWish.Pause), await FindAsync(id));
        await SetAsync(id, OperationState.Paused);
        using var resumed = await client.PostFormAsync($"/operations/{id}", id, ("steer", "resume"));
        Assert.Equal((OperationState.Waiting, null), await FindAsync(id));
        using var cancelled = await client.PostFormAsync($"/operations/{id}", id, ("steer", "cancel"));
        Assert.Equal((OperationState.Waiting, OperationWish.Cancel), await FindAsync(id));

        using var shown = await client.GetAsync($"/operations/{id}", Stop);
        Assert.Contains("Being cancelled", await shown.Content.ReadAsStringAsync(Stop));
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        Assert.Equal(["operation.begin", "operation.cancel", "operation.pause", "operation.resume"],
            await db.Set<Assize.Audit.AuditEntry>().Where(entry => entry.SubjectId == id).Select(entry => entry.Action).Order().ToListAsync(Stop));
    }

    private async Task<string> BeginAsync(string subject, string agency)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var caller = new Caller(subject, agency, [], "Polly Gorse", false, "tests");
        var begun = await BeginOperation.AddAsync(db, caller, "counting", Guid.NewGuid().ToString("n"), new { }, AccessActions.DraftDefinition, DateTimeOffset.UtcNow, Stop);
        await db.SaveChangesAsync(Stop);
        return begun.Id;
    }

    private async Task SetAsync(string id, string state)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        await db.Operations.Where(x => x.Id == id).ExecuteUpdateAsync(x => x.SetProperty(o => o.State, state).SetProperty(o => o.Wish, (string?)null), Stop);
    }

    private async Task<(string State, string? Wish)> FindAsync(string id)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var found = await db.Operations.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
        return (found.State, found.Wish);
    }
}
