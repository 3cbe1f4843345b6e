using System.Text.RegularExpressions;
using Assize.Engine.Definitions;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed partial class PathTests
{
    /// <summary>Where the histories of what a new case takes are kept: named by the version of mags-charged.</summary>
    private const int Newest = 3;

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
        Golden.Matches((await world.HistoryAsync()).Write(), $"tests/Workflows.Tests/Histories/{Newest}/{name}.json");
    }

    /// <summary>Every kept history, those of versions that new cases no longer take included.</summary>
    public static TheoryData<string> Kept => new(Directory
        .EnumerateFiles(Repository.PathOf("tests/Workflows.Tests/Histories"), "*.json", SearchOption.AllDirectories)
        .Select(x => Path.GetRelativePath(Repository.PathOf("tests/Workflows.Tests/Histories"), x).Replace('\\', '/')).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_kept_history_comes_to_the_same_states_again(string file)
    {
        PathHistory kept = PathHistory.Read(Repository.PathOf($"tests/Workflows.Tests/Histories/{file}"));
        Assert.Equal(kept.Write(), kept.Replay().Write());
    }

    [Theory]
    [InlineData("mags-charged")]
    [InlineData("mags-charged-defendant")]
    public void The_kept_histories_come_by_every_step_that_is_drawn(string definition)
    {
        HashSet<string> reached = [.. Scenarios.All.Keys
            .SelectMany(name => PathHistory.Read(Repository.PathOf($"tests/Workflows.Tests/Histories/{Newest}/{name}.json")).Reached)];
        Assert.Empty(NewestOf(definition).Children.Select(x => x.Id).Except(reached));
    }

    [Fact]
    public void The_map_names_only_steps_that_are_drawn_and_all_of_them()
    {
        string map = File.ReadAllText(Repository.PathOf("docs/paths.md"));
        string[] drawn = [.. new[] { "mags-charged", "mags-charged-defendant" }
            .SelectMany(x => NewestOf(x).Children)
            .Where(x => x.Type is "Assize.CaseTask" or "Assize.Hearing" or "Assize.Decision" or "Assize.ForEachDefendant" or "Assize.ListHearing" or "Assize.VacateHearing")
            .Select(x => x.Id).Distinct()];
        Assert.DoesNotContain(drawn, x => !map.Contains($"`{x}`", StringComparison.Ordinal));

        HashSet<string> steps = [.. new[] { "mags-charged", "mags-charged-defendant" }.SelectMany(x => NewestOf(x).Children).Select(x => x.Id)];
        Assert.Empty(Step().Matches(map).Select(x => x.Groups[1].Value).Except(steps));
    }

    private static ActivityNode NewestOf(string definition) => DefinitionFiles.Read(Repository.PathOf("definitions"))
        .Where(x => x.Kind == "workflow" && x.Id == definition).MaxBy(x => x.Version) is { } file ? DefinitionReader.Read(file.Text).Root : throw new InvalidOperationException(definition);

    [GeneratedRegex("`((?:m[0-9]+[a-z]?|g[0-9]|x)-[a-z-]+)`")]
    private static partial Regex Step();
}
