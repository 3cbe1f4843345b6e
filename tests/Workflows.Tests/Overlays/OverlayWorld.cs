using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Overlays;

/// <summary>The published definitions, two process owners with the rights of the baseline, a force and an area, and hands to publish overlays and begin cases.</summary>
internal sealed class OverlayWorld : IAsyncDisposable
{
    public const string Workflow = "mags-charged";

    private OverlayWorld(PathWorld paths) => Paths = paths;

    public PathWorld Paths { get; }

    public static async Task<OverlayWorld> OpenAsync(DatabaseKind kind)
    {
        OverlayWorld world = new(await PathWorld.OpenAsync(kind));
        world.Paths.Verdicts = new(TimeSpan.FromMinutes(1));
        await using CaseDb db = world.Paths.Context();
        foreach (string subject in (string[])["polly", "otto", "basil"])
        {
            db.Add(new Person { Subject = subject, Name = subject, Agency = "liverpool-magistrates", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = subject, Role = Roles.ProcessOwner, Agency = "liverpool-magistrates", From = DateTimeOffset.UnixEpoch });
            foreach (DefinitionOwner owner in (DefinitionOwner[])[DefinitionOwner.National, DefinitionOwner.OfAgency("merseyside-police"), DefinitionOwner.OfArea("Merseyside")])
            {
                if (owner.IsNational || subject != "basil")
                {
                    db.Add(DraftingRight.First(subject, owner, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
                }
            }
        }
        await db.SaveChangesAsync();
        return world;
    }

    public async Task<DraftAnswer> SaveAsync(JsonObject file, string by = "polly")
    {
        await using CaseDb db = Paths.Context();
        string key = DrawnOverlay.Name(file).ToString();
        int? revision = (await db.Drafts.AsNoTracking().SingleOrDefaultAsync(x => x.DefinitionId == key))?.Revision;
        return await Paths.Saving.RunAsync(db, Caller(by), new SentRule(DrawnOverlay.Name(file), file, revision), default);
    }

    public async Task<DraftAnswer> AskAsync(JsonObject file)
    {
        Assert.IsType<DraftSaved>(await SaveAsync(file));
        await using CaseDb db = Paths.Context();
        return await Paths.Asking.RunAsync(db, Caller("polly"), DrawnOverlay.Name(file).ToString(), "Tried", default);
    }

    public async Task PublishAsync(JsonObject file)
    {
        DraftAnswer answer = await AskAsync(file);
        PublicationRequest asked = answer is PublicationRequested requested ? requested.Request : throw new Xunit.Sdk.XunitException(Said(answer));
        DraftAnswer decided = await ApproveAsync(asked);
        Assert.True(decided is PublicationDecided, Said(decided));
    }

    public async Task<DraftAnswer> ApproveAsync(PublicationRequest asked, string by = "otto")
    {
        await using CaseDb db = Paths.Context();
        return await Paths.Deciding.ApproveAsync(db, Caller(by), asked.Id, asked.Hash, default, Paths.Now);
    }

    /// <summary>Asks that a changed text be the workflow's next version.</summary>
    public async Task<DraftAnswer> AskBaselineAsync(Action<JsonObject> change)
    {
        JsonObject json = JsonNode.Parse(DrawnOverlay.Baseline().Json.ToJsonString())!.AsObject();
        change(json);
        await using CaseDb db = Paths.Context();
        Assert.IsType<DraftSaved>(await Paths.Saving.RunAsync(db, Caller("polly"), DefinitionReader.Read(json.ToJsonString()), default));
        return await Paths.Asking.RunAsync(db, Caller("polly"), Workflow, null, default, new ReleaseTerms { From = new DateOnly(2026, 1, 1) });
    }

    public async Task<DraftAnswer> RetireAsync(string overlay, string by = "polly")
    {
        await using CaseDb db = Paths.Context();
        return await Paths.Retiring.RunAsync(db, Caller(by), overlay, "No longer agreed", default);
    }

    public Task StartAsync(string caseId, string force = "merseyside-police", string area = "Merseyside", DateOnly? legalDate = null) => Paths.StartAsync(
        PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())) with { Urn = caseId, OwnerAgency = force, Area = area, LegalDate = legalDate ?? new DateOnly(2026, 3, 2) }, caseId);

    /// <summary>The version that the case's first instance runs on, by its journal.</summary>
    public async Task<int> VersionAsync(string caseId)
    {
        await using CaseDb db = Paths.Context();
        return (await db.Set<JournalRow>().SingleAsync(x => x.UnitId == caseId && x.Sequence == 1 && x.DefinitionId == Workflow)).DefinitionVersion;
    }

    public async Task<List<int>> VersionsAsync(params string[] cases)
    {
        List<int> versions = [];
        foreach (string unit in cases)
        {
            versions.Add(await VersionAsync(unit));
        }
        return versions;
    }

    public async Task<int> RunsOnAsync(string caseId)
    {
        await using CaseDb db = Paths.Context();
        return (await db.Set<InstanceRow>().SingleAsync(x => x.UnitId == caseId && x.DefinitionId == Workflow)).DefinitionVersion;
    }

    public async Task AddOwnerOfMigrationsAsync()
    {
        await using CaseDb db = Paths.Context();
        Caller owner = Rehearsing.RehearsedWorld.Owner;
        db.Add(new Person { Subject = owner.Subject, Name = "Olive", Agency = owner.Agency, IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = owner.Subject, Role = Roles.ProcessOwner, Agency = owner.Agency, From = DateTimeOffset.UnixEpoch });
        db.Add(DraftingRight.First(owner.Subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        await db.SaveChangesAsync();
    }

    public async Task<string[]> StepsAsync(string caseId)
    {
        await using CaseDb db = Paths.Context();
        return [.. (await db.Tasks.Where(x => x.CaseId == caseId && x.State == "open").Select(x => x.ActivityId).ToListAsync()).Order(StringComparer.Ordinal)];
    }

    public static string Said(DraftAnswer answer) => answer is DraftRefused refused ? $"{refused.Code}: {refused.Message} {string.Join(" | ", refused.Problems.Select(x => $"{x.Code}: {x.Message}"))}" : answer.ToString();

    public ValueTask DisposeAsync() => Paths.DisposeAsync();

    private static Caller Caller(string subject) => new(subject, "liverpool-magistrates", [Roles.ProcessOwner], subject, false, "tests");
}
