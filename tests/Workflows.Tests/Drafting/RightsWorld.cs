using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Verifying;
using Xunit;

namespace Assize.Workflows.Tests.Drafting;

/// <summary>The published definitions, and process owners who may draft the baseline, a force's or an area's definitions, or nothing.</summary>
internal sealed class RightsWorld : IAsyncDisposable
{
    public const string Force = "merseyside-police";
    public const string Area = "Merseyside";

    private static readonly (string Subject, string Agency, DefinitionOwner? Owner)[] s_people =
    [
        ("polly", "liverpool-magistrates", DefinitionOwner.National), ("otto", "liverpool-magistrates", DefinitionOwner.National),
        ("fay", Force, DefinitionOwner.OfAgency(Force)), ("fred", Force, DefinitionOwner.OfAgency(Force)),
        ("ann", "cps-mersey-cheshire", DefinitionOwner.OfArea(Area)), ("nora", "cps-mersey-cheshire", null),
        ("bea", Force, DefinitionOwner.OfAgency(Force)), ("ben", Force, DefinitionOwner.OfAgency(Force)),
    ];

    private readonly PathWorld _paths;

    private RightsWorld(PathWorld paths) => _paths = paths;

    // By the real clock, as rights live; that of the paths stands still.
    public DraftingRights Rights { get; } = new(new AccessEvaluator(TimeProvider.System), TimeProvider.System);

    public static async Task<RightsWorld> OpenAsync(DatabaseKind kind)
    {
        // Its workflows are small ones, without the steps that the law requires.
        RightsWorld world = new(await PathWorld.OpenAsync(kind, x => x.Kind is not (StatutorySteps.Kind or RuleName.Overlay)));
        await using CaseDb db = world.Context();
        foreach ((string subject, string agency, DefinitionOwner? owner) in s_people)
        {
            db.Add(new Person { Subject = subject, Name = subject, Agency = agency, IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = subject, Role = Roles.ProcessOwner, Agency = agency, From = DateTimeOffset.UnixEpoch });
            if (owner is not null)
            {
                db.Add(DraftingRight.First(subject, owner, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
            }
        }
        // These two hold the baseline's and the area's as well.
        foreach (string subject in (string[])["bea", "ben"])
        {
            db.AddRange(DraftingRight.First(subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"), DraftingRight.First(subject, DefinitionOwner.OfArea(Area), DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        }
        await db.SaveChangesAsync();
        return world;
    }

    public static Caller Caller(string subject) => new(subject, s_people.Single(x => x.Subject == subject).Agency, [Roles.ProcessOwner], subject, false, "tests");

    public CaseDb Context() => _paths.Context();

    /// <summary>A small drawing, each time another.</summary>
    /// <param name="uses">A workflow that it starts as a child.</param>
    public static WorkflowDefinition Drawing(string id, int? revision = null, string? uses = null) => Draw.Workflow(
        uses is null
            ? Draw.Flowchart("flow", [Draw.Activity("start", "Elsa.Start")])
            : Draw.Flowchart("flow", [Draw.Activity("start", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal(uses)), ("waitForCompletion", Draw.Literal("True")))]),
        x =>
        {
            x["description"] = Guid.NewGuid().ToString();
            if (revision is not null)
            {
                x["root"]!["customProperties"] = new JsonObject { ["revision"] = revision };
            }
        }, id);

    public async Task<DraftAnswer> SaveAsync(string by, string id, int? revision = null, DefinitionOwner? owner = null, string? uses = null)
    {
        await using CaseDb db = Context();
        return await _paths.Saving.RunAsync(db, Caller(by), Drawing(id, revision, uses), default, owner: owner);
    }

    public async Task<DraftAnswer> AskAsync(string by, string id, ReleaseTerms? terms = null)
    {
        await using CaseDb db = Context();
        return await _paths.Asking.RunAsync(db, Caller(by), id, null, default, terms);
    }

    public async Task<DraftAnswer> ApproveAsync(string by, PublicationRequest asked)
    {
        await using CaseDb db = Context();
        return await _paths.Deciding.ApproveAsync(db, Caller(by), asked.Id, asked.Hash, default, _paths.Now);
    }

    public async Task<DraftAnswer> RefuseAsync(string by, PublicationRequest asked)
    {
        await using CaseDb db = Context();
        return await _paths.Deciding.RefuseAsync(db, Caller(by), asked.Id, "No", default);
    }

    public async Task<DraftAnswer> DiscardAsync(string by, string id)
    {
        await using CaseDb db = Context();
        return await new DiscardDraft(Rights, TimeProvider.System).RunAsync(db, Caller(by), id, default);
    }

    public async Task<DraftAnswer> RetractAsync(string by, string id)
    {
        await using CaseDb db = Context();
        return await _paths.Retracting.RunAsync(db, Caller(by), id, default, _paths.Now);
    }

    public async Task<DraftAnswer> ReturnAsync(string by, string id, int number)
    {
        await using CaseDb db = Context();
        return await _paths.Returning.RunAsync(db, Caller(by), id, number, "Tried", default, _paths.Now);
    }

    public async Task<DraftAnswer> ReleaseAsync(string by, string id, int version, ReleaseTerms terms)
    {
        await using CaseDb db = Context();
        return await new RequestRelease(Rights, TimeProvider.System).RunAsync(db, Caller(by), id, version, null, terms, default);
    }

    public async Task<DraftAnswer> GiveAsync(string by, string id, DefinitionOwner to, string reason = "It is worked by all forces now.")
    {
        await using CaseDb db = Context();
        return await new AskOwnerChange(Rights, TimeProvider.System).RunAsync(db, Caller(by), id, to, reason, default);
    }

    public async Task<DraftAnswer> DecideGiftAsync(string by, DraftAnswer asked, bool approves = true)
    {
        await using CaseDb db = Context();
        return await new DecideOwnerChange(Rights, _paths.Rules, TimeProvider.System).RunAsync(db, Caller(by), Assert.IsType<OwnerChangeKept>(asked).Change.Id, approves, default, _paths.Now);
    }

    public async Task<DefinitionOwner> OwnerAsync(string id)
    {
        await using CaseDb db = Context();
        return await DraftingRights.OwnerAsync(db, id, default);
    }

    public async Task<PublicationRequest> AskedAsync(string by, string id, ReleaseTerms? terms = null)
    {
        Assert.IsType<DraftSaved>(await SaveAsync(by, id));
        DraftAnswer answer = await AskAsync(by, id, terms);
        return answer is PublicationRequested asked ? asked.Request : throw new Xunit.Sdk.XunitException($"{answer} {string.Join(" ", (answer as DraftRefused)?.Problems.Select(x => x.Message) ?? [])}");
    }

    public async ValueTask DisposeAsync() => await _paths.DisposeAsync();
}
