using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Api;

public sealed partial class ProblemTests(HostFixture host)
{
    [Theory]
    [InlineData("GET", "/api/v1/nowhere", null, null, HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/v1/tasks/nowhere", null, null, HttpStatusCode.NotFound, "not-found")]
    [InlineData("DELETE", "/api/v1/tasks", null, null, HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", "/api/v1/tasks?view=every", null, null, HttpStatusCode.BadRequest, "view-unknown")]
    [InlineData("GET", "/api/v1/tasks?view=mine,team", null, null, HttpStatusCode.BadRequest, "view-unknown")]
    [InlineData("GET", "/api/v1/tasks?limit=many", null, null, HttpStatusCode.BadRequest, "parameter-invalid")]
    [InlineData("GET", "/api/v1/tasks?limit=0", null, null, HttpStatusCode.BadRequest, "limit-invalid")]
    [InlineData("GET", "/api/v1/tasks?cursor=x", null, null, HttpStatusCode.BadRequest, "cursor-invalid")]
    [InlineData("GET", "/api/v1/messages", null, null, HttpStatusCode.Forbidden, "role-missing")]
    [InlineData("POST", "/api/v1/tasks/x/complete", "{", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/complete", """{"outcome":"Done","surprise":1}""", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/complete", "", "application/json", HttpStatusCode.BadRequest, "body-missing")]
    [InlineData("POST", "/api/v1/tasks/x/complete", "null", "application/json", HttpStatusCode.BadRequest, "body-missing")]
    [InlineData("POST", "/api/v1/tasks/x/complete", """{"outcome":"Done","outcome":"Gone"}""", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/complete", """{"outcome":"Done","fields":{"a":1,"a":2}}""", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/complete", """{"outcome":"Done","fields":{"a":["\ud800"]}}""", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/complete", """{"outcome":"Done","fields":{"a":"\u0000"}}""", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/complete", """{"outcome":"Done\u0000"}""", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/reinstate", """{"reason":"Wrong\u0000"}""", "application/json", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("POST", "/api/v1/tasks/x/complete", """{"outcome":"Done"}""", "application/json", HttpStatusCode.BadRequest, "idempotency-key-missing")]
    [InlineData("POST", "/api/v1/tasks/x/complete", "x=1", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "media-type")]
    [InlineData("POST", "/api/v1/prosecutions", "A charge.", "text/plain", HttpStatusCode.UnsupportedMediaType, "media-type")]
    [InlineData("PUT", "/api/v1/demonstration/clock", "{}", "application/json", HttpStatusCode.BadRequest, "clock-ambiguous")]
    [InlineData("PUT", "/api/v1/demonstration/clock", """{"offset":"tomorrow"}""", "application/json", HttpStatusCode.UnprocessableEntity, "clock-invalid")]
    public async Task Refusals_AreProblemDocuments(string method, string path, string? body, string? type, HttpStatusCode status, string code)
    {
        using var client = host.Client(Cast.Lawyer);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type!);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, (string)problem["code"]!);
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.Equal($"urn:assize:problem:{code}", (string)problem["type"]!);
        Assert.DoesNotContain("parameter \"", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotNull(problem["errors"]);
    }

    [Fact]
    public async Task Task_ClaimedTwiceUnderOneKey_GivesTheSameAnswer_AndUnderAnotherBody_IsRefused()
    {
        var task = await host.TaskAsync(await host.OpenCaseAsync(), Roles.ReviewingLawyer);
        using var client = host.Client(Cast.Lawyer);
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"claim-{task.Id}");

        using var first = await client.PostAsync($"/api/v1/tasks/{task.Id}/claim", null, TestContext.Current.CancellationToken);
        using var second = await client.PostAsync($"/api/v1/tasks/{task.Id}/claim", null, TestContext.Current.CancellationToken);
        using var other = await client.PostAsync($"/api/v1/tasks/{task.Id}/release", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.True((bool)(await second.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["replayed"]!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task Document_ListsEveryRoute()
    {
        using var client = host.Client(null);

        var document = (await client.GetFromJsonAsync<JsonNode>("/openapi/v1.json", TestContext.Current.CancellationToken))!;

        var told = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key} {path.Key}".ToUpperInvariant())).ToHashSet();
        var routes = host.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal) && !route.RoutePattern.RawText.Contains("**", StringComparison.Ordinal))
            .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} /{Bare(route.RoutePattern.RawText!)}".ToUpperInvariant()))
            .ToList();
        Assert.True(routes.Count > 40, $"Expected to find the API's routes, but found {routes.Count}.");
        Assert.Empty(routes.Except(told));
    }

    private static string Bare(string pattern) => Constraint().Replace(pattern.Trim('/'), "}");

    [GeneratedRegex(@":[^}]*\}")]
    private static partial Regex Constraint();

    [Fact]
    public async Task Document_DescribesEveryOperation()
    {
        using var client = host.Client(null);

        var document = (await client.GetFromJsonAsync<JsonNode>("/openapi/v1.json", TestContext.Current.CancellationToken))!;

        Assert.StartsWith("3.1", (string)document["openapi"]!);
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.True(operation!["summary"] is not null && operation["operationId"] is not null, $"Expected {method} {path} to be described, but it is not.");
                string[] owed = ["401", "403", .. method == "get" ? Array.Empty<string>() : ["409", "422"], .. operation["requestBody"] is null ? Array.Empty<string>() : ["413", "415"]];
                Assert.True(owed.All(operation["responses"]!.AsObject().ContainsKey), $"Expected {method} {path} to describe {string.Join(", ", owed)}, but it has {string.Join(", ", operation["responses"]!.AsObject().Select(answer => answer.Key))}.");
            }
        }
    }
}
