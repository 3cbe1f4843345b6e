using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assize.TestKit;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>One defence in the source, and the test that turns red where it is taken out. <c>without-defences.mjs</c> takes out each in turn.</summary>
/// <param name="Defence">Stands exactly once in the file.</param>
/// <param name="Without">What an attacker would like to read in its place.</param>
public sealed record DefenceInSource(string Group, string Attack, string File, string Defence, string Without, string Test)
{
    public string Project { get; init; } = "Identity.Tests";
}

/// <summary>The list cannot go stale unnoticed: what it names is there.</summary>
public sealed partial class DefenceListTests
{
    private static readonly DefenceInSource[] s_all = JsonSerializer.Deserialize<DefenceInSource[]>(
        File.ReadAllText(Repository.PathOf("tests/Identity.Tests/Attacks/defences.json")), JsonSerializerOptions.Web)!;

    [Fact]
    public void Defences_StandInTheSource_ExactlyOnce()
    {
        Assert.Empty(s_all.Where(line => File.ReadAllText(Repository.PathOf(line.File)).Split(line.Defence).Length != 2).Select(line => $"{line.Attack}: {line.File}"));
        Assert.Empty(s_all.GroupBy(line => line.Attack).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public void Tests_OfDefences_AreThere()
    {
        HashSet<string> own = [.. typeof(DefenceListTests).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Select(method => $"{type.Name}.{method.Name}"))];

        Assert.Empty(s_all.Where(line => line.Project == "Identity.Tests" ? !own.Contains(line.Test) : !IsIn(line.Project, line.Test)).Select(line => line.Test));
    }

    [Fact]
    public void Defences_AreInTheTableOfAttacks()
    {
        string table = File.ReadAllText(Repository.PathOf("docs/attacks.md"));

        Assert.Empty(s_all.Where(line => !table.Contains($"| {line.Attack} | `{line.Test}` | `{line.File[4..]}` |", StringComparison.Ordinal)).Select(line => line.Attack));
    }

    [Fact]
    public void Tests_NamedInTheDocument_AreThere()
    {
        string[] projects = [.. System.IO.Directory.GetDirectories(Repository.PathOf("tests")).Select(folder => Path.GetFileName(folder)!)];

        string[] named = [.. TestName().Matches(File.ReadAllText(Repository.PathOf("docs/attacks.md"))).Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(named.Length > 150, $"Expected the document to name its tests, but it names {named.Length}.");
        Assert.All(named, test => Assert.Contains(projects, project => IsIn(project, test)));
    }

    [GeneratedRegex(@"`(\w+(?:Tests|Attacks)\.\w+_\w+)`")]
    private static partial Regex TestName();

    // Of other projects the text is asked, since nothing here may refer to them.
    private static bool IsIn(string project, string test)
    {
        string[] parts = test.Split('.');
        return System.IO.Directory.EnumerateFiles(Repository.PathOf($"tests/{project}"), parts[0] + ".cs", SearchOption.AllDirectories)
            .Any(file => File.ReadAllText(file).Contains($" {parts[1]}(", StringComparison.Ordinal));
    }
}
