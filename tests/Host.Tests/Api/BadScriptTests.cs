using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.TestKit.Definitions;
using Assize.Workflows.Access;
using Xunit;

namespace Assize.Host.Tests.Api;

/// <summary>A host on whose path the alternative charge's code decides which bad script runs.</summary>
public sealed class BadScriptHost : HostFixture
{
    /// <summary>A code whose script goes wrong until then.</summary>
    public const string ForNow = "AA00006";

    public static DateTimeOffset Until { get; } = DateTimeOffset.UtcNow.AddHours(3);

    private static readonly string s_scripts = $$"""
        ({
            AA00001: () => { for (let n = 0; n >= 0; n++) { } },
            AA00002: () => { const all = []; for (let n = 0; n >= 0; n++) { all.push('x'.repeat(1000000)); } },
            AA00003: () => { const f = n => f(n + 1) + 1; return f(0); },
            AA00004: () => globalThis['Sys' + 'tem'].IO.File.ReadAllText('/etc/hostname'),
            {{ForNow}}: () => { if (new Date().getTime() < {{Until.ToUnixTimeMilliseconds()}}) { throw new Error('Not yet'); } return 'Lay it.'; },
            AA00005: () => globalThis['fet' + 'ch']('http://localhost/'),
        })[getVariable('ReviewAnswers').alternativeCode]()
        """;

    private readonly DirectoryInfo _definitions = Directory.CreateTempSubdirectory("assize-scripts-");

    protected override string Definitions => _definitions.FullName;

    public override async ValueTask InitializeAsync()
    {
        await ScriptedDefinitions.CopyAsync(base.Definitions, Definitions, "m5-alternative-charge", s_scripts);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _definitions.Delete(recursive: true);
    }
}

public sealed class BadScriptTests(BadScriptHost host) : IClassFixture<BadScriptHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("AA00001")]
    [InlineData("AA00002")]
    [InlineData("AA00003")]
    [InlineData("AA00004")]
    [InlineData("AA00005")]
    public async Task Script_ThatDoesNotEndOrReachesOut_IsAnIncidentOfItsCase_AndTheHostGoesOn(string code)
    {
        var urn = await host.OpenCaseAsync();
        using var lawyer = host.Client(Cast.Lawyer);

        using var completed = await CompleteAsync(lawyer, urn, "AlternativeCharge", $$"""{"test":"met","anticipatedPlea":"UNKNOWN","alternativeCode":"{{code}}","alternativeWording":"Another one."}""");

        Assert.Equal(HttpStatusCode.OK, completed.StatusCode);
        var incident = Assert.Single((await lawyer.GetFromJsonAsync<JsonNode>($"/api/v1/cases/{urn}/process", Stop))!["case"]!["incidents"]!.AsArray())!;
        Assert.Equal("m5-alternative-charge", (string)incident["activityId"]!);
        Assert.NotEmpty((string)incident["message"]!);
        using var page = await lawyer.GetAsync($"/cases/{urn}/process", Stop);
        Assert.NotEmpty((await page.PageAsync()).QuerySelectorAll("g.step.trouble"));
        using var other = await CompleteAsync(lawyer, await host.OpenCaseAsync(), "Continue", """{"test":"met","anticipatedPlea":"GUILTY"}""");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private async Task<HttpResponseMessage> CompleteAsync(HttpClient client, string urn, string outcome, string fields)
    {
        var task = await host.TaskAsync(urn, Roles.ReviewingLawyer);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tasks/{task.Id}/complete") { Content = new StringContent($$"""{"outcome":"{{outcome}}","fields":{{fields}}}""", null, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("n"));
        return await client.SendAsync(request, Stop);
    }
}
