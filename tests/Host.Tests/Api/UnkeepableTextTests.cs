using System.Net;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Xunit;

namespace Assize.Host.Tests.Api;

/// <summary>The same host on a database that refuses a text, as PostgreSQL refuses U+0000.</summary>
public sealed class RefusingHost : HostFixture
{
    protected override void Adjust(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IAccessEvaluator, RefusesText>());

    public override Task<string> OpenCaseAsync() => Task.FromResult("05ZD0000000");
}

public sealed class UnkeepableTextTests(RefusingHost host) : IClassFixture<RefusingHost>
{
    [Theory]
    [InlineData("/api/v1/cases", "application/problem+json")]
    [InlineData("/cases", "text/html")]
    public async Task Text_ThatTheDatabaseCannotKeep_IsTheCallersFault(string path, string mediaType)
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, mediaType), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}

internal sealed class RefusesText : IAccessEvaluator
{
    public Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct) => throw Refusal();

    public AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts) => throw Refusal();

    public IQueryable<CaseFile> VisibleCases(DbContext db, Caller caller, string action = AccessActions.ReadCase) => throw Refusal();

    public IQueryable<WorkTask> VisibleTasks(DbContext db, Caller caller) => throw Refusal();

    public IQueryable<Submission> VisibleSubmissions(DbContext db, Caller caller) => throw Refusal();

    public IQueryable<AgencyMessage> VisibleMessages(DbContext db, Caller caller) => throw Refusal();

    private static DbUpdateException Refusal() => new("Expected a row, but it was refused.", new PostgresException("invalid byte sequence", "ERROR", "ERROR", "22021"));
}
