using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.Workflows.Access;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Host.Tests.Api;

public sealed class BadCompletionTests(HostFixture host)
{
    private const string Good = """{"outcome":"Continue","fields":{"test":"met","anticipatedPlea":"GUILTY"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Cast.Paralegal, Good, HttpStatusCode.Forbidden, "wrong-lane")]
    [InlineData(Cast.CourtAdministrator, Good, HttpStatusCode.Forbidden, "wrong-lane")]
    [InlineData(Cast.Roleless, Good, HttpStatusCode.Forbidden, "role-missing")]
    [InlineData(Cast.PoliceSystem, Good, HttpStatusCode.Forbidden, "role-missing")]
    [InlineData(Cast.Stranger, Good, HttpStatusCode.NotFound, "not-found")]
    [InlineData(Cast.Lawyer, """{"outcome":"Forget","fields":{}}""", HttpStatusCode.UnprocessableEntity, "outcome-unknown")]
    [InlineData(Cast.Lawyer, """{"outcome":"","fields":{}}""", HttpStatusCode.BadRequest, "outcome-missing")]
    [InlineData(Cast.Lawyer, """{"outcome":"Continue","fields":{"test":"perhaps","anticipatedPlea":"GUILTY"}}""", HttpStatusCode.UnprocessableEntity, "fields-invalid")]
    [InlineData(Cast.Lawyer, """{"outcome":"Continue","fields":{"test":"met","anticipatedPlea":"GUILTY","shoeSize":9}}""", HttpStatusCode.UnprocessableEntity, "fields-invalid")]
    [InlineData(Cast.Lawyer, """{"outcome":"Continue","fields":{}}""", HttpStatusCode.UnprocessableEntity, "fields-invalid")]
    public async Task Complete_AsItMayNotBe_IsRefused_AndTheTaskStaysOpen(string subject, string body, HttpStatusCode status, string code)
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, Roles.ReviewingLawyer);

        var (answered, problem) = await CompleteAsync(subject, task.Id, body);

        Assert.Equal((status, code), (answered, (string)problem["code"]!));
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.True(answered != HttpStatusCode.UnprocessableEntity || problem["errors"]!.AsArray().Count > 0, "Expected the field at fault to be named, but none is.");
        Assert.Equal(TaskState.Open, (await host.TaskAsync(urn, Roles.ReviewingLawyer)).State);
    }

    [Fact]
    public async Task Complete_Twice_IsDoneOnce()
    {
        var task = await host.TaskAsync(await host.OpenCaseAsync(), Roles.ReviewingLawyer);

        var (first, _) = await CompleteAsync(Cast.Lawyer, task.Id, Good, "once");
        var (again, same) = await CompleteAsync(Cast.Lawyer, task.Id, Good, "once");
        var (late, problem) = await CompleteAsync(Cast.Lawyer, task.Id, Good);
        var (other, reused) = await CompleteAsync(Cast.Lawyer, task.Id, Good.Replace("GUILTY", "NOT_GUILTY", StringComparison.Ordinal), "once");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, true), (first, again, (bool)same["replayed"]!));
        Assert.Equal((HttpStatusCode.Conflict, "task-completed"), (late, (string)problem["code"]!));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (other, (string)reused["code"]!));
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> CompleteAsync(string subject, string id, string body, string? key = null)
    {
        using var client = host.Client(subject);
        client.DefaultRequestHeaders.Add("Idempotency-Key", key is null ? Guid.NewGuid().ToString("n") : $"{key}-{id}");
        using var content = new StringContent(body, null, "application/json");
        using var answer = await client.PostAsync($"/api/v1/tasks/{id}/complete", content, Stop);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!);
    }
}
