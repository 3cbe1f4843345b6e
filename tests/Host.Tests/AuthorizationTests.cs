using System.Net;
using Assize.TestKit;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Assize.Host.Tests;

public sealed class AuthorizationTests(HostFixture host)
{
    /// <summary>Open to everybody, and why.</summary>
    private static readonly Dictionary<string, string> s_anonymous = new()
    {
        ["/"] = "the start page says what the service is",
        ["/problem/{status:int}"] = "says what went wrong",
        ["/signin"] = "begins signing in",
        ["/signout"] = "ends a session; its form's token is checked",
        ["/signout/backchannel"] = "the identity server's signed logout token is checked",
        ["/health/live"] = "asked by the platform",
        ["/health/ready"] = "asked by the platform",
        ["/metrics"] = "asked by the platform; answers this machine, or the networks that the operator names",
        ["/openapi/{documentName}.json"] = "public documentation",
        ["/scalar"] = "public documentation",
    };

    [Fact]
    public void Endpoints_HaveAPolicy_OrAReasonToBeOpen()
    {
        var open = host.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/'))
            .Where(path => !s_anonymous.ContainsKey(path) && !path.StartsWith("/scalar", StringComparison.Ordinal));

        Assert.Empty(open.Distinct());
    }
}

/// <summary>The same host with an evaluator that says no to everybody.</summary>
public sealed class DenyingHost : HostFixture
{
    protected override void Adjust(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IAccessEvaluator, DenyAll>());

    public override Task<string> OpenCaseAsync() => Task.FromResult("05ZD0000000");
}

public sealed class DenyAllTests(DenyingHost host) : IClassFixture<DenyingHost>
{
    [Theory]
    [InlineData("/api/v1/tasks")]
    [InlineData("/api/v1/tasks/x")]
    [InlineData("/api/v1/cases")]
    [InlineData("/api/v1/cases/x")]
    [InlineData("/api/v1/cases/x/history")]
    [InlineData("/api/v1/cases/x/process")]
    [InlineData("/api/v1/messages")]
    [InlineData("/api/v1/prosecutions/x")]
    [InlineData("/api/v1/demonstration/clock")]
    [InlineData("/api/v1/access/grants")]
    [InlineData("/api/v1/access/reviews")]
    [InlineData("/api/v1/access/exclusions")]
    [InlineData("/api/v1/access/proposals")]
    [InlineData("/api/v1/access/why?subject=x&case=x")]
    [InlineData("/api/v1/access/who?case=x")]
    [InlineData("/api/v1/access/what?subject=x")]
    [InlineData("/elsa/api/workflow-definitions")]
    [InlineData("/elsa/api/descriptors/activities")]
    [InlineData("/tasks")]
    [InlineData("/tasks/team")]
    [InlineData("/task/x")]
    [InlineData("/cases")]
    [InlineData("/cases/x")]
    [InlineData("/cases/x/process")]
    [InlineData("/cases/x/history")]
    [InlineData("/hearings")]
    [InlineData("/submissions")]
    [InlineData("/submissions/x")]
    [InlineData("/designer")]
    [InlineData("/designer/workflows/mags-charged")]
    [InlineData("/access")]
    [InlineData("/access/audit")]
    [InlineData("/access/audit/export")]
    [InlineData("/access/audit/accounts/log")]
    [InlineData("/access/audit/roots/merseyside-police")]
    [InlineData("/access/erasures")]
    [InlineData("/access/erasures/x")]
    [InlineData("/access/people")]
    [InlineData("/access/people/x")]
    [InlineData("/access/people/x/roles/give")]
    [InlineData("/access/people/several/give")]
    [InlineData("/access/role-requests")]
    [InlineData("/access/leavers")]
    [InlineData("/access/due")]
    [InlineData("/access/sessions")]
    [InlineData("/access/teams")]
    [InlineData("/access/provisioning")]
    [InlineData("/access/agencies")]
    [InlineData("/access/others")]
    [InlineData("/api/v1/audit/roots/merseyside-police")]
    public async Task Get_WhenEverythingIsDenied_GivesNothing(string path)
    {
        foreach (var subject in (string[])[Cast.Lawyer, Cast.CaseBuilder, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"Expected {path} to give {subject} nothing, but it answered {(int)answer.StatusCode}.");
        }
    }

    [Fact]
    public async Task Prosecution_WhenEverythingIsDenied_IsNotTaken()
    {
        var (answer, _) = await host.SendAsync("TH68010");
        using (answer)
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }
}
