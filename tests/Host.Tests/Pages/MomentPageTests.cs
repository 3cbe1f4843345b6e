using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Storage;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class MomentPageTests(HostFixture host)
{
    private const string Moment = "/cases/{urn}/history/{entry:int}";
    private const string WhatIf = "/cases/{urn}/history/{entry:int}/what-if";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [TestsPage(Moment, PageCase.NoRole)]
    [TestsPage(WhatIf, PageCase.NoRole)]
    public Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => ExpectAsync(expected, subject, host.Urn, 1);

    [Fact]
    [TestsPage(Moment, PageCase.WrongRole)]
    [TestsPage(WhatIf, PageCase.WrongRole)]
    public async Task Get_ByAnAgencyThatTakesNoPart_LooksAbsent()
    {
        var urn = await host.OpenCaseAsync();
        await ReviewAsync(urn);

        await ExpectAsync(HttpStatusCode.NotFound, Cast.Stranger, urn, await EntryAsync(urn));
    }

    [Fact]
    [TestsPage(Moment, PageCase.UnknownId)]
    [TestsPage(WhatIf, PageCase.UnknownId)]
    public async Task Get_OfWhatIsNotThere_IsNotFound()
    {
        await ExpectAsync(HttpStatusCode.NotFound, Cast.Lawyer, "05ZD0000000", 1);
        await ExpectAsync(HttpStatusCode.NotFound, Cast.Lawyer, host.Urn, 0);
        await ExpectAsync(HttpStatusCode.NotFound, Cast.Lawyer, host.Urn, 999);
    }

    [Fact]
    [TestsPage(Moment, PageCase.WrongState)]
    [TestsPage(WhatIf, PageCase.WrongState)]
    public async Task Entry_ThatCompletesNoTask_OffersNoOther_AndHasNoWhatIf()
    {
        using var client = host.Client(Cast.Lawyer);

        using var first = await client.GetAsync($"/cases/{host.Urn}/history/1", TestContext.Current.CancellationToken);
        using var forked = await client.GetAsync($"/cases/{host.Urn}/history/1/what-if?outcome=Continue", TestContext.Current.CancellationToken);

        var page = await first.PageAsync();
        Assert.Empty(page.QuerySelectorAll("main a[href*='what-if'], main a[rel=prev]"));
        Assert.Contains("began", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, forked.StatusCode);
    }

    [Fact]
    [TestsPage(Moment, PageCase.HappyPath)]
    [TestsPage(WhatIf, PageCase.HappyPath)]
    public async Task AnotherAnswer_IsTriedOnACopy_StepByStep_AndTheCaseStaysAsItIs()
    {
        var urn = await host.OpenCaseAsync();
        await ReviewAsync(urn);
        var before = await StoredAsync(urn);
        using var client = host.Client(Cast.Lawyer);

        using var moment = await client.GetAsync($"/cases/{urn}/history/{await EntryAsync(urn)}", TestContext.Current.CancellationToken);
        var other = (await moment.PageAsync()).QuerySelectorAll("main a[href*='what-if']").Single(link => link.TextContent == "Discontinue").GetAttribute("href");
        using var forked = await client.GetAsync(other, TestContext.Current.CancellationToken);
        var page = await forked.PageAsync();
        var next = page.QuerySelectorAll("main dl a[href*='then=']").Single(link => link.TextContent.StartsWith("Approved", StringComparison.Ordinal)).GetAttribute("href");
        using var further = await client.GetAsync(next, TestContext.Current.CancellationToken);

        Assert.Contains("Check the discontinuance", page.QuerySelector("main dl")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("svg[role=img] g.step.here"));
        Assert.Contains("The copy stops here", (await further.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync(urn));
    }

    private async Task ReviewAsync(string urn)
    {
        var id = (await host.TaskAsync(urn, Roles.ReviewingLawyer)).Id;
        using var client = host.Client(Cast.Lawyer);
        using var claimed = await client.PostFormAsync($"/task/{id}", "claim");
        using var completed = await client.PostFormAsync($"/task/{id}/complete?outcome=Continue", "", [.. CompleteTaskPageTests.Answers]);
        Assert.Equal(HttpStatusCode.Found, completed.StatusCode);
    }

    // The entry of the completed review.
    private async Task<int> EntryAsync(string urn)
    {
        using var client = host.Client(Cast.Lawyer);
        var history = JsonNode.Parse(await client.GetStringAsync($"/api/v1/cases/{urn}/history", TestContext.Current.CancellationToken))!["items"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, history.Count).Reverse(), history.Select(item => item!["entry"]!.GetValue<int>()));
        return history.Single(item => item!["outcome"]?.GetValue<string>() == "Continue")!["entry"]!.GetValue<int>();
    }

    private async Task<string> StoredAsync(string urn)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var id = await db.Cases.Where(file => file.Urn == urn).Select(file => file.Id).SingleAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Serialize((
            await db.Set<InstanceRow>().AsNoTracking().Where(row => row.UnitId == id).OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken),
            await db.Set<JournalRow>().AsNoTracking().Where(row => row.UnitId == id).OrderBy(row => row.Position).ToListAsync(TestContext.Current.CancellationToken),
            await db.Tasks.AsNoTracking().Where(task => task.CaseId == id).OrderBy(task => task.Id).ToListAsync(TestContext.Current.CancellationToken),
            await db.Set<OutboxRow>().AsNoTracking().Where(row => row.UnitId == id).OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken)),
            s_fields);
    }

    private static readonly JsonSerializerOptions s_fields = new() { IncludeFields = true };

    private async Task ExpectAsync(HttpStatusCode expected, string? subject, string urn, int entry)
    {
        using var client = host.Client(subject);
        foreach (var path in (string[])[$"/cases/{urn}/history/{entry}", $"/cases/{urn}/history/{entry}/what-if?outcome=Discontinue"])
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(expected, answer.StatusCode);
        }
    }
}
