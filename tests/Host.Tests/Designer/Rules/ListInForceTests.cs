using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;
using Assize.Host.Demonstration;
using Assize.Workflows.Intake.Submissions;
using Xunit;

namespace Assize.Host.Tests.Designer.Rules;

/// <summary>A host of its own, whose clock and lists no other test needs.</summary>
public sealed class ListHost : HostFixture;

/// <summary>A code list that is changed on our pages, from its first legal day on, as a prosecutor's system meets it.</summary>
public sealed class ListInForceTests(ListHost host) : IClassFixture<ListHost>
{
    private const string Path = "/designer/rules/list/nationality";
    private const string New = "QZZ";
    private static readonly DateOnly s_today = DateOnly.FromDateTime(DateTime.UtcNow);
    private static readonly DateOnly s_first = s_today.AddDays(40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Charge_WithANewCode_IsTakenFromItsFirstLegalDayOn_AndOneFromBeforeStaysRefused()
    {
        await PublishAsync();

        var before = await ChargeAsync(s_today);
        await MoveToAsync(s_first.AddDays(-1));
        var eve = await ChargeAsync(s_first.AddDays(-1));
        await MoveToAsync(s_first.AddDays(1));
        var from = await ChargeAsync(s_first);
        var late = await ChargeAsync(s_first.AddDays(-1));
        var known = await ChargeAsync(s_first, "GBR");

        Assert.Equal(
            (SubmissionState.Failed, SubmissionState.Failed, SubmissionState.Success, SubmissionState.Failed, SubmissionState.Success),
            (before.State, eve.State, from.State, late.State, known.State));
        Assert.All((string[])[before.Problems, eve.Problems, late.Problems], problems => Assert.Contains("DEFENDANT_NATIONALITY_INVALID", problems, StringComparison.Ordinal));
    }

    private async Task PublishAsync()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync(Path, "begin");
        using var coded = await owner.PostFormAsync($"{Path}/draft/items/new", "items/new", ("code", New));
        using var about = await owner.PostFormAsync($"{Path}/draft", "about", ("title.en", "Nationality"), ("legalReference", "Invented direction 7"),
            ("effectiveFrom-day", $"{s_first:%d}"), ("effectiveFrom-month", $"{s_first:%M}"), ("effectiveFrom-year", $"{s_first:yyyy}"));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect), (begun.StatusCode, coded.StatusCode, about.StatusCode));
        await host.PublishAsync(Path);
    }

    private async Task MoveToAsync(DateOnly day)
    {
        using var police = host.Client(Cast.PoliceSystem);
        using var moved = await police.PutAsJsonAsync("/api/v1/demonstration/clock", new ClockRequest(Now: new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero)), Stop);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
    }

    private async Task<(string State, string Problems)> ChargeAsync(DateOnly charged, string nationality = New)
    {
        var message = new ChargeMessage
        {
            Urn = string.Create(CultureInfo.InvariantCulture, $"05ZL{Random.Shared.Next(1000000, 9999999)}"),
            Today = charged,
            Defendants = [new ChargedPerson("Robin", "Tarn", new DateOnly(1990, 5, 4), 1, "4 Sandhills Lane", [new ChargedOffence("TH68010", "Bold Street, Liverpool", "Stole goods to the value of £40.")])],
        }.ToJson();
        message["defendants"]![0]!["individual"]!["nationality"] = nationality;
        using var police = host.Client(Cast.PoliceSystem);
        using var taken = await police.PostAsJsonAsync("/api/v1/prosecutions", message, Stop);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var kept = (await police.GetFromJsonAsync<JsonNode>($"/api/v1/prosecutions/{(string)(await taken.Content.ReadFromJsonAsync<JsonNode>(Stop))!["id"]!}", Stop))!;
        return ((string)kept["state"]!, kept["problems"]?.ToJsonString() ?? "");
    }
}
