using System.Text.Json.Nodes;
using Assize.Host.Operations;
using Assize.Host.Operations.DefinitionCommands;
using Assize.TestKit;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Assize.Host.Tests.Operations;

public sealed class DefinitionsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assize-definitions-").FullName;

    [Fact]
    public async Task Verify_OurOwnFolder_FindsNothing()
    {
        var (code, said) = await RunAsync("verify");

        Assert.Equal(0, code);
        Assert.StartsWith("Structure: no problems in ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ADanglingConnection_NamesTheStep()
    {
        var (code, said) = await RunAsync("verify", Edited(text => text.Replace("\"activity\": \"validate\"", "\"activity\": \"nowhere\"", StringComparison.Ordinal)));

        Assert.Equal(1, code);
        Assert.Contains("connection-dangling", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FilesThatAreNoDefinitions_NamesEachWithWhatToDo()
    {
        var broken = Path.Combine(_folder, "broken.json");
        await File.WriteAllTextAsync(broken, "{", TestContext.Current.CancellationToken);
        var nameless = Edited(text => text.Replace("\"id\": \"validate\",", "", StringComparison.Ordinal));

        var (code, said) = await RunAsync("verify", broken, nameless, Intake);

        Assert.Equal(1, code);
        Assert.Contains($"{broken}: json-unreadable: ", said, StringComparison.Ordinal);
        Assert.Contains($"{nameless}: id-missing: ", said, StringComparison.Ordinal);
        Assert.Contains("Expected the step Validate to have a member \"id\", but it has none. Give it one.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AnOverlay_SaysWhetherTheLawsStepsAreKept_AndRefusesOneThatChangesThem()
    {
        var path = Path.Combine(_folder, "overlay.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(Welsh, TestContext.Current.CancellationToken)).Replace("m6-defence", "m4-deadline", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (code, said) = await RunAsync("verify", Welsh);
        var (refused, why) = await RunAsync("verify", path);

        Assert.Equal((0, 1), (code, refused));
        Assert.Contains("Overlays: mags-charged 3 with area-south-wales.mags-charged 1: the steps that the law requires are kept; it is sound.", said, StringComparison.Ordinal);
        Assert.Contains("statutory-step-changed: Operation “sooner”, step “m4-deadline”", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_AWorkflowAndAnOverlay_SaysWhatBecomesOfIt_AndExportGivesTheOverlay()
    {
        await RunAsync("publish");

        var (code, said) = await RunAsync("diff", "mags-charged@3", "overlay:area-south-wales.mags-charged@1");
        var (other, why) = await RunAsync("diff", "mags-charged@2", Welsh);
        var (_, text) = await RunAsync("export", "overlay:area-south-wales.mags-charged");

        Assert.Equal((0, 1), (code, other));
        Assert.Contains("The step “Arrange what is wanted in Welsh” (area-south-wales-welsh) is new.", said, StringComparison.Ordinal);
        Assert.Contains("Expected a version of mags-charged from 3", why, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(Welsh, TestContext.Current.CancellationToken), text);
    }

    [Fact]
    public async Task Diff_AFileAndItself_SaysThatNothingChanged()
    {
        var (code, said) = await RunAsync("diff", Intake, Intake);

        Assert.Equal((0, "0 changes from intake 1 to 1, and 0 to its drawing only."), (code, said.Trim()));
    }

    [Fact]
    public async Task Diff_APublishedVersionAndAFile_SaysWhatChanged()
    {
        await RunAsync("publish");

        var (code, said) = await RunAsync("diff", "intake@1", Edited(text => text.Replace("\"displayText\": \"Intake of a prosecution\"", "\"displayText\": \"Arrival\"", StringComparison.Ordinal)));

        Assert.Equal(0, code);
        Assert.Equal("The step “Arrival” (intake-flow): its title changed from “Intake of a prosecution” to “Arrival”.", said.Split('\n')[0].Trim());
    }

    [Fact]
    public async Task Export_APublishedVersion_IsTheFile()
    {
        await RunAsync("publish");

        var (code, said) = await RunAsync("export", "intake@1");

        Assert.Equal((0, await File.ReadAllTextAsync(Intake, TestContext.Current.CancellationToken)), (code, said));
    }

    [Fact]
    public async Task Publish_AFileOfTheSoftware_IntoADeploymentThatHasIt_IsNothingNew()
    {
        await RunAsync("publish");

        var (code, said) = await RunAsync("publish", Intake);

        Assert.Equal((0, "Nothing new: it is published already."), (code, said.Trim()));
    }

    [Fact]
    public async Task Publish_AnotherFile_AsksForApproval_AndPublishesNothing()
    {
        await RunAsync("publish");

        var (code, said) = await RunAsync("publish", Edited(text => text.Replace("\"version\": 1,\n  \"toolVersion\"", "\"version\": 2,\n  \"toolVersion\"", StringComparison.Ordinal)));
        var (unpublished, _) = await RunAsync("export", "intake@2");

        Assert.StartsWith("Asked for: intake 2, ", said, StringComparison.Ordinal);
        Assert.Equal((0, 1), (code, unpublished));
    }

    [Fact]
    public async Task Publish_AnotherFileUnderAPublishedNumber_IsRefused_NamingBothHashes()
    {
        await RunAsync("publish");

        var (code, said) = await RunAsync("publish", Edited(text => text.Replace("Intake of a prosecution", "Arrival", StringComparison.Ordinal)));

        Assert.Equal(1, code);
        Assert.Matches("number-taken: Expected intake 1 to be as published \\(.{64}\\), but the file differs \\(.{64}\\)", said);
    }

    [Fact]
    public async Task Table_IsExported_Compared_Verified_AndAskedFor()
    {
        await RunAsync("publish");
        var next = Path.Combine(_folder, "2.json");
        await File.WriteAllTextAsync(next, (await File.ReadAllTextAsync(Table, TestContext.Current.CancellationToken)).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
            .Replace("\"effectiveFrom\": null", "\"effectiveFrom\": \"2027-01-01\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var exported = await RunAsync("export", "table:offence-class");
        var compared = await RunAsync("diff", "table:offence-class@1", next);
        var verified = await RunAsync("verify", next);
        var asked = await RunAsync("publish", next);

        Assert.Equal((0, await File.ReadAllTextAsync(Table, TestContext.Current.CancellationToken)), exported);
        Assert.StartsWith("First legal day of the cases that take it is now “2027-01-01”; it was empty.", compared.Said, StringComparison.Ordinal);
        Assert.StartsWith("Structure: no problems in 1 files.", verified.Said, StringComparison.Ordinal);
        Assert.StartsWith("Asked for: table:offence-class 2, ", asked.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ATableWithAGap_AndADayThatIsNone_NamesThem()
    {
        var broken = Path.Combine(_folder, "2.json");
        var text = await File.ReadAllTextAsync(Table, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(broken, text.Replace("\"when\": {},", "\"when\": { \"lowValueTheft\": true },", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var gap = await RunAsync("verify", broken);
        await File.WriteAllTextAsync(broken, text.Replace("2014-05-13", "2014-02-30", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var day = await RunAsync("verify", broken);

        Assert.Equal((1, 1), (gap.Code, day.Code));
        Assert.Contains("rules-incomplete: There is a gap: no rule applies to Under 18 at the first hearing: no,", gap.Said, StringComparison.Ordinal);
        Assert.Contains("Rule 3 “low-value-theft”, First day on which it is law: “2014-02-30” is no day.", day.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("form:attendance", "definitions/forms/attendance/1.json")]
    [InlineData("table:offence-class", "definitions/tables/offence-class/1.json")]
    [InlineData("calendar:england-and-wales", "definitions/calendars/england-and-wales/1.json")]
    [InlineData("overlay:area-south-wales.mags-charged", "definitions/overlays/area-south-wales/mags-charged/1.json")]
    [InlineData("list:court", null)]
    public async Task EveryKind_IsExported_Verified_Compared_AskedForOnce_AndNotPublished(string named, string? shipped)
    {
        await RunAsync("publish");
        var exported = await RunAsync("export", named);
        var next = Path.Combine(_folder, "next.json");
        var file = JsonNode.Parse(exported.Said)!.AsObject();
        var number = shipped is null ? 1 : 2;
        (file["version"], file["legalReference"], file["effectiveFrom"]) = (number, "An invented agreement", "2031-02-03");
        await File.WriteAllTextAsync(next, file.ToJsonString(), TestContext.Current.CancellationToken);

        var verified = await RunAsync("verify", next);
        var compared = await RunAsync("diff", named, next);
        var asked = await RunAsync("publish", next);
        var again = await RunAsync("publish", next);
        var unpublished = await RunAsync("export", $"{named}@{number}");

        Assert.True(shipped is null || exported.Said == await File.ReadAllTextAsync(Repository.PathOf(shipped), TestContext.Current.CancellationToken));
        Assert.True((verified.Code, compared.Code, asked.Code, again.Code, unpublished.Code) == (0, 0, 0, 0, 1), $"{verified.Said}\n{compared.Said}\n{asked.Said}\n{again.Said}\n{unpublished.Said}");
        Assert.Contains("2031-02-03", compared.Said, StringComparison.Ordinal);
        Assert.StartsWith($"Asked for: {named} {number}, ", asked.Said, StringComparison.Ordinal);
        Assert.Equal(asked.Said, again.Said);
        await using var database = CaseDatabase.Open(Settings.Database, Settings.SqlitePath);
        await using var db = database.CreateDbContext();
        var request = await db.PublicationRequests.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((named, PublicationState.Waiting), (request.DefinitionId, request.State));
        Assert.Equal(named.StartsWith("overlay:", StringComparison.Ordinal) ? "area:South Wales" : "national",
            (await DraftingRights.OwnerAsync(db, named, TestContext.Current.CancellationToken)).ToString());
    }

    [Fact]
    public async Task Publish_AnOverlayThatChangesAStepOfTheLaw_IsRefused_AndNothingIsAskedFor()
    {
        await RunAsync("publish");
        var path = Path.Combine(_folder, "overlay.json");
        var text = (await File.ReadAllTextAsync(Welsh, TestContext.Current.CancellationToken)).Replace("m6-defence", "m4-deadline", StringComparison.Ordinal).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        var (code, said) = await RunAsync("publish", path);

        Assert.Equal(1, code);
        Assert.Contains("statutory-step-changed", said, StringComparison.Ordinal);
        await using var database = CaseDatabase.Open(Settings.Database, Settings.SqlitePath);
        await using var db = database.CreateDbContext();
        Assert.False(await db.PublicationRequests.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("export", "list:nothing")]
    [InlineData("export", "list:court@1")]
    [InlineData("export", "table:nothing")]
    [InlineData("export", "nothing")]
    [InlineData("export", "intake@99")]
    [InlineData("export", "intake@x")]
    [InlineData("diff", "intake@1", "missing.json")]
    public async Task AnyCommand_AVersionThatIsNot_NamesIt(params string[] args)
    {
        var (code, said) = await RunAsync(args);

        Assert.Equal(1, code);
        Assert.StartsWith("Expected a file, or a published version as <id>@<version>, but there is no “", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnythingElse_IsAnsweredWithTheCommands() => Assert.Equal(2, (await RunAsync("polish")).Code);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Table => Repository.PathOf("definitions/tables/offence-class/1.json");

    private static string Intake => Repository.PathOf("definitions/intake/1.json");

    private static string Welsh => Repository.PathOf("definitions/overlays/area-south-wales/mags-charged/1.json");

    private HostSettings Settings => HostSettings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["ASSIZE_DATA"] = _folder,
        ["ASSIZE_DEFINITIONS"] = Repository.PathOf("definitions"),
    }).Build());

    private string Edited(Func<string, string> edit)
    {
        var path = Path.Combine(_folder, "edited.json");
        File.WriteAllText(path, edit(File.ReadAllText(Intake)));
        return path;
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        var code = await DefinitionsCommand.RunAsync(Settings, args, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
