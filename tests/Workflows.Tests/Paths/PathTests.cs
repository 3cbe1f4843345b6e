using Assize.Engine.Definitions;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed class PathTests
{
    public static TheoryData<string> Names => new(Scenarios.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_case_comes_to_its_outcome_and_its_history_is_as_kept(string name)
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite);
        await Scenarios.All[name](world);
        await using CaseDb db = world.Context();
        CaseFile file = await db.Cases.SingleAsync(TestContext.Current.CancellationToken);
        Assert.True(file.Status == CaseStatus.Inactive, $"Expected the case to be concluded, but it waits for {string.Join(", ", await world.OpenAsync())}.");
        Assert.Empty(await world.OpenAsync());
        await world.RebuildAsync();
        Golden.Matches((await world.HistoryAsync()).Write(), $"tests/Workflows.Tests/Histories/{name}.json");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kept_history_comes_to_the_same_states_again(string name)
    {
        PathHistory kept = PathHistory.Read(Repository.PathOf($"tests/Workflows.Tests/Histories/{name}.json"));
        Assert.Equal(kept.Write(), kept.Replay().Write());
    }

    [Theory]
    [InlineData("mags-charged")]
    [InlineData("mags-charged-defendant")]
    public void The_kept_histories_come_by_every_step_that_is_drawn(string definition)
    {
        HashSet<string> reached = [.. Scenarios.All.Keys
            .SelectMany(name => PathHistory.Read(Repository.PathOf($"tests/Workflows.Tests/Histories/{name}.json")).Reached)];
        ActivityNode flow = DefinitionReader.Read(File.ReadAllText(Repository.PathOf($"definitions/{definition}/1.json"))).Root;
        Assert.Empty(flow.Children.Select(x => x.Id).Except(reached));
    }

    [Fact]
    public void The_map_names_only_steps_that_are_drawn_and_all_of_them()
    {
        string map = File.ReadAllText(Repository.PathOf("docs/paths.md"));
        string[] drawn = [.. new[] { "mags-charged", "mags-charged-defendant" }
            .SelectMany(x => DefinitionReader.Read(File.ReadAllText(Repository.PathOf($"definitions/{x}/1.json"))).Root.Children)
            .Where(x => x.Type is "Assize.CaseTask" or "Assize.Hearing" or "Assize.Decision" or "Assize.ForEachDefendant" or "Assize.ListHearing")
            .Select(x => x.Id).Distinct()];
        Assert.DoesNotContain(drawn, x => !map.Contains($"`{x}`", StringComparison.Ordinal));
    }
}
