using System.Diagnostics;
using System.Net.WebSockets;
using Assize.Engine.Storage;
using Assize.Host.Tests.Designer;
using Assize.Identity.Sessions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>A viewer of a case's steps, whose browser stays connected for hours.</summary>
[Collection(DirectoryPages.Name)]
public sealed class LiveViewTests(DirectoryHost host)
{
    private static readonly TimeSpan s_allowed = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_WhoseSessionEnded_IsToldNothingFiveSecondsLater_AndIsDisconnected()
    {
        var (subject, _) = await host.PersonAsync(["case-builder"]);
        await host.FollowAsync();
        var instance = await InstanceAsync(await host.CaseAsync(DirectoryHost.Police));
        using var viewer = await HubTalk.OpenAsync(host.Url, null, cookies: await host.CookiesAsync(subject));
        await viewer.ObserveAsync(instance);
        await viewer.CalledAsync("ActivityExecutionLogUpdatedAsync");

        await host.WithAsync<SessionRegister>(sessions => sessions.EndOfSubjectAsync(subject, "A test ended it.", Stop));
        var since = Stopwatch.StartNew();
        var (last, asked) = (TimeSpan.Zero, TimeSpan.Zero);
        try
        {
            while (since.Elapsed < TimeSpan.FromSeconds(30))
            {
                asked = since.Elapsed;
                await StepAsync(instance);
                await viewer.CalledAsync("ActivityExecutionLogUpdatedAsync");
                last = asked;
            }
        }
        catch (WebSocketException)
        {
            Assert.True(last <= s_allowed, $"Expected nothing to be told five seconds after the session ended, but a step of {last.TotalSeconds:0.0} seconds after was.");
            return;
        }

        Assert.Fail("Expected the viewer to be disconnected, but it is told of every step.");
    }

    private async Task<string> InstanceAsync(string caseId)
    {
        var now = DateTimeOffset.UtcNow;
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        db.Add(new UnitRow { Id = caseId, CreatedAt = now });
        db.Add(new InstanceRow
        {
            Id = "instance-" + caseId,
            UnitId = caseId,
            DefinitionId = "mags-charged",
            DefinitionVersion = 1,
            Running = true,
            SubStatus = "Suspended",
            Incidents = 0,
            Sequence = 1,
            State = "{}",
            CreatedAt = now,
            UpdatedAt = now,
        });
        await db.SaveChangesAsync(Stop);
        return "instance-" + caseId;
    }

    private async Task StepAsync(string instance)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        await db.Set<InstanceRow>().Where(row => row.Id == instance).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sequence, row => row.Sequence + 1), Stop);
    }
}
