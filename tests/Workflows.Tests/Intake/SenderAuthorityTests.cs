using System.Text;
using Assize.TestKit.Databases;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Intake.Submissions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

public sealed class SenderAuthorityTests
{
    private const string Authority = "/prosecutionSubmissionDetails/prosecutingAuthority";

    [Theory]
    [InlineData("0050000", "merseyside-police", "Merseyside Police")]
    [InlineData("05MP100", null, "05MP100")]
    [InlineData("A05AB00", "cps-mersey-cheshire", "Crown Prosecution Service, Mersey-Cheshire")]
    [InlineData("0450000", null, "Surrey Police")]
    [InlineData("GAFTL00", null, "Transport for London")]
    public void Authority_IsKnownByNameAndAgency(string code, string? agency, string name)
    {
        Assert.Equal(agency, Authorities.AgencyOf(EmbeddedReference.Data, code));
        Assert.Equal(name, Authorities.Name(EmbeddedReference.Data, code));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "A05AB00", true)]
    [InlineData(DatabaseKind.Postgres, "A05AB00", true)]
    [InlineData(DatabaseKind.Sqlite, "GAFTL00", false)]
    public async Task Receive_InTheNameOfAnother_IsRefusedAndNotKept(DatabaseKind kind, string authority, bool unlistedPass)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(kind);
        intake.TakesUnlisted = unlistedPass;

        IntakeAnswer answer = await intake.SendAsync(Encoding.UTF8.GetBytes(IntakeExamples.With(Authority, authority).ToJsonString()), "application/json");

        Unreadable refused = Assert.IsType<Unreadable>(answer);
        Assert.Equal((SenderAuthority.Code, 403, Authority), (refused.Code, refused.Status, refused.Pointer));
        await using var db = intake.Context();
        Assert.Equal(0, await db.Set<Submission>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Set<ReceivedMessage>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Correct_ToAnothersAuthority_IsRefused_AndToOnesOwn_IsTaken()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Taken kept = Assert.IsType<Taken>(await intake.SendAsync(Encoding.UTF8.GetBytes(IntakeExamples.With(Authority, "GAXXX99").ToJsonString()), "application/json"));

        IntakeAnswer refused = await intake.CorrectAsync(kept.SubmissionId, IntakeHarness.System, (Authority, "A05AB00"));
        IntakeAnswer taken = await intake.CorrectAsync(kept.SubmissionId, IntakeHarness.System, (Authority, "0050000"));

        Assert.Equal(SenderAuthority.Code, Assert.Single(Assert.IsType<CorrectionsRefused>(refused).Faults).Code);
        Assert.IsType<Taken>(taken);
    }
}
