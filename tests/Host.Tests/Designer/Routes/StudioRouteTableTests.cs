using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer.Routes;

/// <summary>Each route that stock Studio can reach: what it answers to whom, and that none is left out.</summary>
public sealed class StudioRouteTableTests(HostFixture host)
{
    private const string Root = "/elsa/api";

    public static TheoryData<string> Routes => [.. StudioRouteTable.All.Select(route => route.Name)];

    public static TheoryData<string> Named => [.. StudioRouteTable.All.Where(route => route.Unknown is not null).Select(route => route.Name)];

    [Fact]
    public void Routes_OfTheRunningHost_AreInTheTable_AndNoOthers()
    {
        var mapped = host.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path && path.StartsWith(Root, StringComparison.Ordinal) && !path.Contains("{*", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText![Root.Length..]}")).ToList();

        Assert.NotEmpty(mapped);
        Assert.Empty(mapped.Except(StudioRouteTable.All.Select(route => route.Name)));
        Assert.Empty(StudioRouteTable.All.Select(route => route.Name).Except(mapped));
        Assert.Empty(StudioRouteTable.All.GroupBy(route => route.Name).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Empty(StudioRouteTable.All.Where(route => route.Unknown is null && route.Because.Length == 0).Select(route => route.Name));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_IsForWhoeverMay_AndForNobodyElse(string name)
    {
        var route = StudioRouteTable.All.Single(one => one.Name == name);
        var asked = await new StudioPlaces(host).FillAsync(route.Asked);

        foreach (var (subject, status) in Refused(route.Door))
        {
            Assert.Equal((subject, status), (subject, (await AskAsync(subject, route.Method, asked)).Status));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(Asker(route), route.Method, asked, "cross-site")).Status);
        await ExpectAsync(asked, Asker(route), route);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task Route_OfWhatIsNotThere_SaysSo(string name)
    {
        var route = StudioRouteTable.All.Single(one => one.Name == name);
        var places = new StudioPlaces(host);

        var unknown = await places.FillAsync(route.Unknown!);
        await ExpectAsync(unknown, Asker(route), route);

        if (route.IsOfAnInstance)
        {
            var hidden = await places.FillAsync(route.Asked);
            await ExpectAsync(unknown with { Path = hidden.Path, Body = hidden.Body }, Cast.Stranger, route);
        }
    }

    private static IEnumerable<(string? Subject, HttpStatusCode Status)> Refused(Door door) =>
    [
        (null, HttpStatusCode.Unauthorized),
        (Cast.Roleless, HttpStatusCode.Forbidden),
        .. door switch
        {
            Door.Look => [(Cast.OtherPrivacyOfficer, HttpStatusCode.Forbidden)],
            Door.Draw => [(Cast.Lawyer, HttpStatusCode.Forbidden)],
            _ => ((string?, HttpStatusCode)[])[],
        },
    ];

    // Whoever asked for a version is not the one who takes it back.
    private static string Asker(StudioRoute route) => route.Door != Door.Draw ? Cast.Lawyer
        : route.Pattern.Contains("retract", StringComparison.Ordinal) ? Cast.SecondOwner : Cast.ProcessOwner;

    /// <summary>Asks again as long as a verdict is still being worked out, which on a busy machine takes longer than an answer waits.</summary>
    private async Task ExpectAsync(StudioQuestion question, string subject, StudioRoute route)
    {
        (HttpStatusCode Status, string Said) answer;
        do
        {
            answer = await AskAsync(subject, route.Method, question);
        }
        while (answer.Said.Contains("still being worked out", StringComparison.Ordinal));

        Assert.True(question.Status == (int)answer.Status && answer.Said.Contains(question.Part, StringComparison.Ordinal),
            $"Expected {question.Status} with “{question.Part}” for {subject}, but {route.Name} answered {(int)answer.Status}: {answer.Said}");
    }

    private async Task<(HttpStatusCode Status, string Said)> AskAsync(string? subject, string method, StudioQuestion question, string site = "same-origin")
    {
        using var client = host.Client(subject);
        using var request = new HttpRequestMessage(new HttpMethod(method), Root + question.Path);
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Content = method == "POST" ? new StringContent(question.Body ?? "{}", Encoding.UTF8, "application/json") : null;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var beside = answer.Headers.Where(header => header.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {Uri.UnescapeDataString(string.Join(", ", header.Value))}");
        return (answer.StatusCode, string.Join("\n", [.. beside, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)]));
    }
}
