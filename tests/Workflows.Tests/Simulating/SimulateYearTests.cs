using System.Text.Json;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Simulating;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Simulating;

public sealed class SimulateYearTests
{
    internal static readonly SimulationTerms Terms = new(60, 7, new DateOnly(2026, 3, 2), 45, new Dictionary<string, int> { ["legal-adviser"] = 2, ["reviewing-lawyer"] = 1 });

    [Fact]
    public async Task SameTerms_GiveTheSameYear_AndAnotherSeedAnother()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite);

        string once = JsonSerializer.Serialize(await RunAsync(world, Terms));

        Assert.Equal(once, JsonSerializer.Serialize(await RunAsync(world, Terms)));
        Assert.NotEqual(once, JsonSerializer.Serialize(await RunAsync(world, Terms with { Seed = 8 })));
    }

    [Fact]
    public async Task SameTerms_GiveTheSameYear_ThoughPeopleWentOnMeanwhile()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite);
        SimulationTerms told = Terms with { KnownBefore = DateOnly.FromDateTime(PathWorld.Begin.Date).AddDays(1) };
        SimulationTerms later = told with { KnownBefore = told.KnownBefore!.Value.AddDays(2) };
        string before = JsonSerializer.Serialize(await RunAsync(world, told));
        world.Now = PathWorld.Begin.AddDays(2);
        await using (CaseDb db = world.Context())
        {
            await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())), "case-1");
            // As if every review so far had ended so.
            await db.Tasks.ExecuteUpdateAsync(
                x => x.SetProperty(y => y.ActivityId, "m5-initial-review").SetProperty(y => y.Outcome, "Discontinue").SetProperty(y => y.CompletedAt, world.Now), TestContext.Current.CancellationToken);
        }

        string after = JsonSerializer.Serialize(await RunAsync(world, told));
        string known = JsonSerializer.Serialize(await RunAsync(world, later));

        Assert.Equal(before, after);
        Assert.NotEqual(before, known);
    }

    [Fact]
    public async Task Year_CountsEveryCase_AndNothingGoesWrong_AndNothingIsWritten()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite);

        SimulationReport report = await RunAsync(world, Terms);

        Assert.Equal((60, 0), (report.Arrived, report.Broken));
        Assert.InRange(report.Ended, 20, 60);
        Assert.Equal(report.Arrived - report.Ended, report.Weeks[^1].Open);
        Assert.Equal(report.Ended, report.Weeks.Sum(x => x.Ended));
        Assert.Equal(report.Roles.Sum(x => x.Done), report.Steps.Sum(x => x.Done));
        Assert.Contains(report.Steps, x => x.ActivityId == "m8-hearing" && x.Done > 0);
        await using CaseDb db = world.Context();
        Assert.Equal(0, await db.Cases.CountAsync(TestContext.Current.CancellationToken) + await db.Tasks.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task FewerPeople_MakeQueuesAndLateTasks()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite);
        SimulationTerms slow = Terms with { Cases = 100, Minutes = 240 };

        SimulationReport few = await RunAsync(world, slow with { Staff = new Dictionary<string, int> { ["reviewing-lawyer"] = 1, ["legal-adviser"] = 1 } });
        SimulationReport many = await RunAsync(world, slow with { Staff = new Dictionary<string, int>() });

        SimulatedRole pressed = few.Roles.Single(x => x.Role == "legal-adviser");
        SimulatedRole eased = many.Roles.Single(x => x.Role == "legal-adviser");
        Assert.True(pressed.Longest > eased.Longest && pressed.MedianWait > eased.MedianWait, $"Expected a longer queue than {eased}, but it was {pressed}.");
        Assert.True(few.Weeks.Sum(x => x.Late) > many.Weeks.Sum(x => x.Late), $"Expected more than {many.Weeks.Sum(x => x.Late)} late tasks, but there were {few.Weeks.Sum(x => x.Late)}.");
        Assert.All(few.Roles.Where(x => x.Busy is not null), x => Assert.InRange(x.Busy!.Value, 0.1, 1));
    }

    internal static async Task<SimulationReport> RunAsync(PathWorld world, SimulationTerms terms, string workflow = "mags-charged")
    {
        await using CaseDb db = world.Context();
        if (!await db.Set<Person>().AnyAsync(x => x.Subject == "owner", TestContext.Current.CancellationToken))
        {
            db.Add(new Person { Subject = "owner", Name = "owner", Agency = "liverpool-magistrates", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = "owner", Role = Roles.ProcessOwner, Agency = "liverpool-magistrates", From = DateTimeOffset.UnixEpoch });
            db.Add(DraftingRight.First("owner", DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        Caller owner = new("owner", "liverpool-magistrates", [Roles.ProcessOwner], "owner", false, "tests");
        SimulateYear simulate = world.Simulating;
        Simulated found = (await simulate.FindAsync(db, owner, workflow, TestContext.Current.CancellationToken))!;
        return await simulate.RunAsync(db, found, terms, TestContext.Current.CancellationToken);
    }
}
