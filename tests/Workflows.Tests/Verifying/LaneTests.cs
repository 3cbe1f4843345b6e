using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.TestKit.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Verifying;

public sealed class LaneTests
{
    [Theory]
    [InlineData("police", "case-builder", true)]
    [InlineData("court", "case-builder", false)]
    [InlineData("police", "legal-adviser", false)]
    [InlineData("court", "legal-adviser", true)]
    [InlineData("enforcement", "court-administrator", false)]
    [InlineData(null, "case-builder", true)]
    [InlineData(null, "process-owner", false)]
    public async Task A_lane_is_a_role_at_an_agency(string? agency, string role, bool held)
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync();

        await HoldsAsync(world, Drawing(agency, role), held);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("left")]
    [InlineData("agency suspended")]
    [InlineData("to be certified again")]
    [InlineData("opens nothing")]
    [InlineData("a system")]
    [InlineData("gone")]
    public async Task Whoever_could_not_do_it_does_not_hold_it(string why)
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync();
        await HoldsAsync(world, Drawing("police", "case-builder"), true);
        await using (CaseDb db = world.Context())
        {
            Person person = await db.Set<Person>().SingleAsync(x => x.Subject == "case-builder", TestContext.Current.CancellationToken);
            HomeRole role = await db.Set<HomeRole>().SingleAsync(x => x.Subject == "case-builder", TestContext.Current.CancellationToken);
            switch (why)
            {
                case "suspended" or "left": person.Status = why; break;
                case "agency suspended": (await db.Set<Agency>().SingleAsync(x => x.Id == person.Agency, TestContext.Current.CancellationToken)).Status = DirectoryStatus.Suspended; break;
                case "to be certified again": role.RecertifyBy = DateTimeOffset.UtcNow.AddDays(-1); break;
                case "opens nothing": role.Agency = null; break;
                case "a system": person.IsSystem = true; break;
                default: role.To = DateTimeOffset.UtcNow.AddDays(-1); break;
            }
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await HoldsAsync(world, Drawing("police", "case-builder"), false);
    }

    [Fact]
    public async Task Somebody_at_fines_enforcement_does_its_work()
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync();
        await using (CaseDb db = world.Context())
        {
            db.Add(new Agency { Id = "hmcts-enforcement", Kind = "court", Name = "Fines enforcement", Status = DirectoryStatus.Active });
            db.Add(new Person { Subject = "enforcer", Name = "Enforcer", Agency = "hmcts-enforcement", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = "enforcer", Role = Roles.CourtAdministrator, Agency = "hmcts-enforcement", From = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await HoldsAsync(world, Drawing("enforcement", "court-administrator"), true);
    }

    [Fact]
    public async Task Steps_of_a_workflow_that_is_used_have_lanes_too()
    {
        await using UsedWorkflows world = await UsedWorkflows.OpenAsync(UsedWorkflows.Usable("look", 1, Draw.Flowchart("looking", [Task("court", "case-builder")])), UsedWorkflows.Usable("look", 2, Draw.Flowchart("looking", [Task("police", "case-builder")])));

        foreach ((int version, bool held) in new[] { (1, false), (2, true) })
        {
            await HoldsAsync(world, Draw.Workflow(Draw.Flowchart("flow", [UsedWorkflows.Use("look", version), Draw.End("end")], "look -> end")), held);
        }
    }

    private static async Task HoldsAsync(UsedWorkflows world, WorkflowDefinition drawn, bool held)
    {
        SoundnessVerdict verdict = await world.SoundnessAsync(drawn);
        Assert.Equal(held ? [] : ["lane-empty"], verdict.Findings.Select(x => x.Code));
        Assert.Equal(held ? SoundnessKind.Sound : SoundnessKind.Unsound, verdict.Kind);
    }

    private static WorkflowDefinition Drawing(string? agency, string role) => Draw.Workflow(Draw.Flowchart("flow", [Task(agency, role), Draw.End("end")], "task:Continue -> end"));

    private static JsonObject Task(string? agency, string role) => Draw.Activity("task", "Assize.CaseTask", ("agency", agency is null ? Draw.Script("'police'") : Draw.Literal(agency)), ("role", Draw.Literal(role)),
        ("title", Draw.Literal("Look")), ("form", Draw.Literal("initial-review")), ("outcomes", Draw.Wrapped("Object", "[\"Continue\"]")));
}
