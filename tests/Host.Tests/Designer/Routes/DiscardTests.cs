using System.Net;
using Assize.Audit;
using Assize.Host.Tests.Designer.Outline;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer.Routes;

/// <summary>Delete in Studio's list and in its history: one draft, never a published version.</summary>
public sealed class DiscardTests(HostFixture host)
{
    [Theory]
    [InlineData("/workflow-definitions/{0}")]
    [InlineData("/workflow-definition-versions/{0}@1")]
    public async Task Delete_OfADraft_TakesItAway_KeepsItAsACopy_AndIsRecorded(string route)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Deleted alone");
        await owner.SaveAsync((await owner.LoadAsync(id)).Retitled("Drawn in vain"));

        var (status, _) = await owner.AskAsync(HttpMethod.Delete, string.Format(null, route, id));
        var (gone, _) = await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        var (again, said) = await owner.AskAsync(HttpMethod.Delete, string.Format(null, route, id));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (status, gone, again));
        Assert.Contains("never deleted", said.Said(), StringComparison.Ordinal);
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        Assert.Contains("Drawn in vain", (await db.Set<DraftCopy>().SingleAsync(copy => copy.DefinitionId == id, TestContext.Current.CancellationToken)).Text, StringComparison.Ordinal);
        var entry = await db.Set<AuditEntry>().SingleAsync(
            row => row.Action == AccessActions.DraftDefinition && row.SubjectId == id && row.Detail!.Contains("discarded"), TestContext.Current.CancellationToken);
        Assert.Equal(Cast.ProcessOwner, entry.Actor);
    }

    [Theory]
    [InlineData("/workflow-definitions/{0}", Cast.ForceOwner, HttpStatusCode.BadRequest)]
    [InlineData("/workflow-definitions/{0}", Cast.Lawyer, HttpStatusCode.Forbidden)]
    [InlineData("/workflow-definition-versions/{0}@1", Cast.ForceOwner, HttpStatusCode.BadRequest)]
    [InlineData("/workflow-definition-versions/{0}@2", Cast.ProcessOwner, HttpStatusCode.BadRequest)]
    [InlineData("/workflow-definition-versions/{0}", Cast.ProcessOwner, HttpStatusCode.BadRequest)]
    public async Task Delete_OfSomebodyElsesDraft_OrOfANumberThatItHasNot_LeavesIt(string route, string subject, HttpStatusCode refused)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var other = host.Client(subject);
        var id = await host.BeginAsync("Not deleted");

        var (status, _) = await other.AskAsync(HttpMethod.Delete, string.Format(null, route, id));

        Assert.Equal(refused, status);
        Assert.Equal(id, (await owner.LoadAsync(id))["definitionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Delete_OfTheDraftOfAPublishedWorkflow_LeavesThePublishedVersion_AndThatIsNeverDeleted()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var id = await host.BeginAsync("Published once");
        await owner.AskToPublishAsync(id);
        await PublicationPageTests.ApproveAsync(second, id);
        await owner.SaveAsync((await owner.LoadAsync(id)).Retitled("Second thoughts"));

        var (first, _) = await owner.AskAsync(HttpMethod.Delete, $"/workflow-definition-versions/{id}@1");
        var (draft, _) = await owner.AskAsync(HttpMethod.Delete, $"/workflow-definition-versions/{id}@2");
        var (whole, _) = await owner.AskAsync(HttpMethod.Delete, $"/workflow-definitions/{id}");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NoContent, HttpStatusCode.BadRequest), (first, draft, whole));
        var left = await owner.LoadAsync(id);
        Assert.Equal((1, true), (left["version"]!.GetValue<int>(), left["isPublished"]!.GetValue<bool>()));
    }
}
