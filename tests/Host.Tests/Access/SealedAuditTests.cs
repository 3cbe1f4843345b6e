using System.Net;
using Assize.Audit;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>What the audit knows about a sealed case, and who may read it there.</summary>
public sealed class SealedAuditTests(HostFixture host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refusals_AreRecordedWithTheRealCode_InAStreamThatNoAgencyOfTheAskersReads()
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, Roles.ReviewingLawyer);
        await host.SealAsync(urn, Cast.CaseBuilder, Cast.PrivacyOfficer);
        using var lawyer = host.Client(Cast.Lawyer);
        foreach (var path in (string[])[$"/cases/{urn}", $"/api/v1/cases/{urn}", $"/cases/{urn}/access", $"/task/{task.Id}", $"/access/why?person=Lena+Ash&case={urn}"])
        {
            using var answer = await lawyer.GetAsync(path, Stop);
            Assert.True((int)answer.StatusCode >= 400, path);
        }

        await host.Host.Services.GetRequiredService<SealedRefusals>().WriteAsync(host.Host.Services.GetRequiredService<CaseDatabase>(), Stop);

        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var id = await db.Cases.Where(file => file.Urn == urn).Select(file => file.Id).SingleAsync(Stop);
        var name = host.Host.Services.GetRequiredService<CasePseudonyms>().Of(id);
        var records = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectId == name && entry.Action == SealedRefusals.Action).ToListAsync(Stop);
        Assert.All(records, record => Assert.Equal((AuditStream.Assize, Cast.Lawyer, null, null), (record.Agency, record.Actor, record.OwnerAgency, record.CaseId)));
        var details = records.Select(record => RefusalDetail.Of(record.Detail)!).ToList();
        Assert.All(details, detail => Assert.Equal((AccessCodes.NoGrant, "cps-mersey-cheshire"), (detail.Code, detail.Agency)));
        Assert.Equal([AccessActions.ReadCase, AccessActions.ExplainAccess, AccessActions.ReadTask], details.Select(detail => detail.Asked).Distinct().Order(StringComparer.Ordinal).OrderBy(action => action != AccessActions.ReadCase));
        Assert.DoesNotContain("Was refused", await TextAsync(Cast.OtherPrivacyOfficer, "/access/audit?what=case.refused", "table"));
        Assert.DoesNotContain("Was refused", await TextAsync(Cast.AgencyAdmin, "/access/audit?what=case.refused", "table"));
        var told = await TextAsync(Cast.PrivacyOfficer, $"/access/audit?what=case.refused&case={urn}", "table");
        Assert.Contains("Somebody at cps-mersey-cheshire", told);
        Assert.Contains(urn, told);
        Assert.DoesNotContain("Was refused", await TextAsync(Cast.PrivacyOfficer, "/access/audit?what=case.refused&case=05ZD0000000", "table"));

        // Whoever runs the platform downloads the stream: it says nothing of the case, and the chain is whole.
        await host.Host.Services.GetRequiredService<AuditSealer>().RunAsync(Stop);
        var roots = host.Host.Services.GetRequiredService<AuditRoots>();
        await roots.RunAsync(Stop);
        await using StringWriter export = new();
        await host.Host.Services.GetRequiredService<AuditExport>().WriteAsync(AuditStream.Assize, 1, Caller.Assize, export, Stop);
        Assert.Contains(name, export.ToString());
        Assert.DoesNotContain(id, export.ToString());
        Assert.DoesNotContain(urn, export.ToString());
        using StringReader lines = new(export.ToString());
        Assert.Empty((await Verifier.RunAsync(lines, new RootBook([await roots.FileAsync(AuditStream.Assize, null, Stop)], []), Stop)).Findings);
        Assert.DoesNotContain("Lena", told);
    }

    [Fact]
    public async Task Log_NamesASealedCase_ToThoseOnlyWhoHaveIt()
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, Roles.ReviewingLawyer);
        using var lawyer = host.Client(Cast.Lawyer);
        using (await lawyer.PostFormAsync($"/task/{task.Id}", "claim"))
        {
        }

        Assert.Contains(urn, await TextAsync(Cast.OtherPrivacyOfficer, "/access/audit?what=task.claim", "table"));
        await host.SealAsync(urn, Cast.CaseBuilder, Cast.PrivacyOfficer);

        foreach (var reader in (string[])[Cast.OtherPrivacyOfficer, Cast.AgencyAdmin])
        {
            var log = await TextAsync(reader, "/access/audit?what=task.claim", "table");
            Assert.Contains("A sealed case", log);
            Assert.DoesNotContain(urn, log);
            Assert.Equal(
                (await TextAsync(reader, "/access/audit?case=05ZD0000000", "main")).Replace("05ZD0000000", urn, StringComparison.Ordinal),
                await TextAsync(reader, $"/access/audit?case={urn}", "main"));
        }

        Assert.Contains(urn, await TextAsync(Cast.PrivacyOfficer, $"/access/audit?what=task.claim&case={urn}", "table"));
    }

    [Fact]
    public async Task Export_WithholdsWhatTheLogsPageDoes_AndStillProvesTheChain()
    {
        const string Said = "Kept from all but those who have the case.";
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn, Cast.CaseBuilder, Cast.PrivacyOfficer);
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var file = await db.Cases.AsNoTracking().SingleAsync(known => known.Urn == urn, Stop);
        db.Add(AuditLog.Entry(
            Guid.NewGuid().ToString("n"), DateTimeOffset.UtcNow, new Caller(Cast.CaseBuilder, "merseyside-police", [], "Cas Dogwood", false, "tests"), "case.close-in-error", ("case", file.Id), file, said: Said));
        await db.SaveChangesAsync(Stop);
        await host.Host.Services.GetRequiredService<AuditSealer>().RunAsync(Stop);
        await host.Host.Services.GetRequiredService<AuditRoots>().RunAsync(Stop);

        var (withheld, whole) = (await ExportAsync(Cast.AgencyAdmin), await ExportAsync(Cast.PrivacyOfficer));

        Assert.DoesNotContain(file.Id, withheld.Text);
        Assert.DoesNotContain(Said, withheld.Text);
        Assert.Empty(withheld.Verification.Findings);
        Assert.NotEmpty(withheld.Verification.Withheld);
        Assert.Contains(file.Id, whole.Text);
        Assert.Contains(Said, whole.Text);
        Assert.Empty(whole.Verification.Findings);
        Assert.True(withheld.Verification.Holds && whole.Verification.Holds);
    }

    [Fact]
    public async Task Emergency_OnASealedCase_IsAnsweredAndLoggedAsOnOneThatIsNotThere()
    {
        // Words of its own: others claim the same on the host that the tests share.
        var life = $"A witness has been threatened and we must find where she is ({Guid.NewGuid():n}).";
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn, Cast.CaseBuilder);
        using var lawyer = host.Client(Cast.Lawyer);

        using var hidden = await lawyer.PostFormAsync("/access/emergency", "emergency", ("case", urn), ("reason", life));
        using var unknown = await lawyer.PostFormAsync("/access/emergency", "emergency", ("case", "05ZD0000000"), ("reason", life));

        Assert.Equal((HttpStatusCode.Found, hidden.Headers.Location), (unknown.StatusCode, unknown.Headers.Location));
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var records = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Action == AccessActions.ClaimEmergency && entry.Said!.Contains(life)).ToListAsync(Stop);
        Assert.Equal(2, records.Count);
        Assert.All(records, record => Assert.Equal((null, null, "unknown"), (record.CaseId, record.OwnerAgency, record.SubjectId)));
    }

    private async Task<(string Text, Verification Verification)> ExportAsync(string subject)
    {
        using var client = host.Client(subject);
        var text = await client.GetStringAsync("/access/audit/export", Stop);
        using StringReader lines = new(text);
        return (text, await Verifier.RunAsync(lines, new RootBook([await client.GetStringAsync("/access/audit/roots/merseyside-police", Stop)], []), Stop));
    }

    private async Task<string> TextAsync(string subject, string path, string part)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.PageAsync()).QuerySelector(part == "main" ? "main" : $"main {part}")?.TextContent ?? "";
    }
}
