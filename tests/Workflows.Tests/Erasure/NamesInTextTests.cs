using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Erasure;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Assize.Workflows.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Erasure;

/// <summary>One of two defendants is erased, while the case of the other, Callum Dearden, runs.</summary>
public sealed class NamesInTextTests
{
    private static readonly Caller s_officer = new("pia", "merseyside-police", [Roles.PrivacyOfficer], "Pia", false, "host");
    private static readonly Caller s_admin = new("ann", "merseyside-police", [Roles.AgencyAdmin], "Ann", false, "host");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Mary", "COURT", "Sent to crown-court before the court rose.")]
    [InlineData("Mary", "COURT", "Liverpool Crown Court sits on Monday and the Magistrates\u2019 Court does not.")]
    [InlineData("Ann", "MAY", "The witness may attend on 27 May 2026.")]
    [InlineData("Tom", "NG", "Nothing among the things was missing.")]
    [InlineData("Amy", "SMITH", "Ms Smith-Jones and Mr Goldsmith saw it.")]
    [InlineData("Liam", "DEARDEN", "Mr Dearden spoke with his solicitor.")]
    public async Task WhatNamesSomebodyElse_OrNobody_Stays(string forename, string surname, string said)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);

        await EraseAsync(intake, forename, surname, said);

        await using CaseDb db = intake.Context();
        Assert.Contains(await db.Set<PayloadRow>().Select(x => x.Body).ToListAsync(Stop), body => Says(body, said));
        Assert.Equal(said, (string?)JsonNode.Parse((await db.Set<EventRow>().SingleAsync(x => x.Id == "said", Stop)).Payload!)!["note"]);
        Assert.Equal("Callum Dearden", await db.Defendants.Where(x => x.Ordinal == 1).Select(x => x.Name).SingleAsync(Stop), ignoreCase: true);
        Assert.Contains("Dearden", await db.Set<Submission>().Select(x => x.Canonical).FirstAsync(Stop), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Mary", "COURT", "Ms Court\u2019s bag was found.")]
    [InlineData("Mary", "COURT", "we saw mary court there.")]
    [InlineData("Ann", "MAY", "May ran. She fell.")]
    [InlineData("Tom", "NG", "Mr Ng was there.")]
    [InlineData("Tom", "NG", "NG: no comment.")]
    [InlineData("Zebedee", "QUENNELL", "Zebedee ran away.")]
    [InlineData("Zebedee", "QUENNELL", "the quennell family")]
    [InlineData("Zebedee", "QUENNELL", "Write to zquennell@example.org for it.")]
    [InlineData("Liam", "DEARDEN", "Liam went home.")]
    [InlineData("Sean", "O'NEILL", "Mr O\u2019Neill left.")]
    public async Task WhatNamesThePerson_Goes(string forename, string surname, string said)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);

        await EraseAsync(intake, forename, surname, said);

        await using CaseDb db = intake.Context();
        Assert.DoesNotContain(await db.Set<PayloadRow>().Select(x => x.Body).ToListAsync(Stop), body => Says(body, said));
        Assert.Equal(PersonalValues.Erased, (string?)JsonNode.Parse((await db.Set<EventRow>().SingleAsync(x => x.Id == "said", Stop)).Payload!)!["note"]);
    }

    [Fact]
    public async Task Codes_StayAsTheyAre_AndTheNameBesideThemGoes()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);

        await EraseAsync(intake, "Mary", "GRANT", "Nothing.", new JsonObject
        {
            ["outcome"] = "Grant",
            ["court"] = "grant",
            ["urn"] = "05GRANT126",
            ["requestId"] = "grant:mary",
            ["surname"] = "grant",
            ["note"] = "Grant ran.",
        });

        await using CaseDb db = intake.Context();
        Assert.Equal(
            """{"outcome":"Grant","court":"grant","urn":"05GRANT126","requestId":"grant:mary","surname":"[erased]","note":"[erased]"}""",
            (await db.Set<EventRow>().SingleAsync(x => x.Id == "said", Stop)).Payload);
    }

    /// <summary>The same is said in an answer that is kept by digest, and in an event.</summary>
    private static async Task EraseAsync(IntakeHarness intake, string forename, string surname, string said, JsonObject? payload = null)
    {
        Assert.IsType<Taken>(await intake.SendAsync(Charge(forename, surname)));
        await using CaseDb db = intake.Context();
        CaseFile file = await db.Cases.AsNoTracking().SingleAsync(Stop);
        WorkTask review = await db.Tasks.AsNoTracking().FirstAsync(x => x.ActivityId == "m5-initial-review", Stop);
        CommandAnswer reviewed = await intake.CompleteAsync(IntakeHarness.Lawyer, review.Id, "Discontinue", new JsonObject { ["test"] = "evidence", ["reason"] = said });
        Assert.True(reviewed is Completed, (reviewed as Refused)?.Message);
        await db.Defendants.Where(x => x.Ordinal == 2).ExecuteUpdateAsync(set => set.SetProperty(x => x.Outcome, "discontinued"), Stop);
        string second = await db.Defendants.Where(x => x.Ordinal == 2).Select(x => x.Id).SingleAsync(Stop);
        db.AddRange(Someone(s_officer), Someone(s_admin), Holds(s_officer), Holds(s_admin));
        db.Add(new EventRow
        {
            Id = "said",
            UnitId = file.Id,
            RequestId = "said",
            Name = "said",
            Payload = (payload ?? new JsonObject { ["note"] = said }).ToJsonString(),
            Taken = "{}",
            At = intake.Now,
        });
        await db.SaveChangesAsync(Stop);
        ErasureAsked asked = new(file.Id, second, "ukgdpr-17", "The time for keeping it is over, and nobody needs it.");
        CommandAnswer request = await new RequestErasure(intake.Runner, intake.Access).RunAsync(db, s_officer, "ask", intake.Now, asked, Stop);
        string id = (string)Assert.IsType<Completed>(request).Body!["id"]!;
        await using CaseDb later = intake.Context();
        Assert.IsType<Completed>(await new DecideErasure(intake.Runner, intake.Access).RunAsync(later, s_admin, "decide", intake.Now, id, true, Stop));
    }

    private static bool Says(string? body, string said) => body is not null && JsonNode.Parse(body) is JsonValue value && value.ToString() == said;

    private static JsonObject Charge(string forename, string surname)
    {
        JsonObject charge = IntakeExamples.With("/defendants/0/defendantDetails/address/postcode", "L8 7NN");
        JsonObject second = charge["defendants"]![0]!.DeepClone().AsObject();
        second["individual"]!["nameDetails"] = new JsonObject { ["title"] = "Mx", ["forename"] = forename, ["surname"] = surname };
        second["defendantDetails"] = new JsonObject { ["prosecutorDefendantId"] = "second", ["hearingLanguage"] = "E", ["documentationLanguage"] = "E", ["asn"] = "2605LV0100000009172J" };
        charge["defendants"]!.AsArray().Add((JsonNode)second);
        return charge;
    }

    private static Person Someone(Caller caller) => new()
    {
        Subject = caller.Subject,
        Name = caller.DisplayName,
        Agency = caller.Agency,
        IsSystem = false,
        Status = DirectoryStatus.Active,
    };

    private static HomeRole Holds(Caller caller) => new() { Subject = caller.Subject, Role = caller.Roles[0], Agency = caller.Agency, From = DateTimeOffset.UnixEpoch };
}
