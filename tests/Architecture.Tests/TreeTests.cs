using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;
using static Assize.Architecture.Tests.House;

namespace Assize.Architecture.Tests;

public sealed partial class TreeTests
{
    private const string PublishedHashes = "tests/Architecture.Tests/published-definitions.txt";

    private static readonly string[] RootEntries =
    [
        "run", "test", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "THIRD-PARTY-NOTICES.md",
        "Assize.slnx", "global.json", "Directory.Build.props", "Directory.Packages.props", "package.json", "package-lock.json",
        ".editorconfig", ".gitignore", ".npmrc", ".config", ".ci", "definitions", "docs", "src", "tests",
    ];

    private static readonly string[] TextEndings = [".cs", ".cshtml", ".json", ".md", ".props", ".targets", ".csproj", ".slnx", ".mjs", ".js", ".css", ".txt", ".xml", ".resx", ".svg", ".sql"];

    [Fact]
    public void Root_HoldsOnlyWhatTheDesignShows()
    {
        var entries = Files.Select(file => file.Split('/')[0]).Distinct();

        Rule.Holds(entries.Except(RootEntries));
    }

    [Fact]
    public void Source_IsFiveProjects()
    {
        var projects = Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal));

        Assert.Equal(["src/Audit/Audit.csproj", "src/Engine/Engine.csproj", "src/Host/Host.csproj", "src/Identity/Identity.csproj", "src/Workflows/Workflows.csproj"], projects);
    }

    [Fact]
    public void Text_NamesNoMachineAndNoPackageHost()
    {
        var wrong = Files
            .Where(file => TextEndings.Contains(Path.GetExtension(file)) || Path.GetExtension(file).Length == 0)
            .SelectMany(file => MachineOrHost().Matches(Read(file)).Select(match => $"{file}: {match.Value}"))
            .Distinct();

        Rule.Holds(wrong);
    }

    [Fact]
    public void WebPackages_AreLockedWithoutAddresses()
    {
        Assert.DoesNotContain("\"resolved\"", Read("package-lock.json"));
    }

    /// <summary>A published version is never edited: a new one takes the next number. UPDATE_GOLDEN=1 adds its line.</summary>
    [Fact]
    public void PublishedDefinitions_NeverChange()
    {
        var published = Files.Where(file => PublishedFile().IsMatch(file)).Select(file => $"{HashOf(file)}  {file}").ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(Path.Combine(Root, PublishedHashes), published);
        }

        Assert.Equal(File.ReadAllLines(Path.Combine(Root, PublishedHashes)), published);
    }

    [Fact]
    public void Catches_AreNeverEmpty()
    {
        var empty = SourceFiles.Where(file => EmptyCatch().IsMatch(Read(file)));

        Rule.Holds(empty);
    }

    [Fact]
    public void Todos_NameTheirIssue()
    {
        var loose = SourceFiles.Where(file => !file.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal)).SelectMany(file => LooseTodo().Matches(Read(file)).Select(match => $"{file}: {match.Value}"));

        Rule.Holds(loose);
    }

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, file))));

    [GeneratedRegex(@"(?<![\w.])/(?:work|root|home|Users|opt|tmp)/[\w.-]+|\b[A-Z]:\\\\?Users|registry\.npm\w+\.org|(?:api|www)\.nuget\.org|deb\.debian\.org")]
    private static partial Regex MachineOrHost();

    [GeneratedRegex(@"^definitions/(?:[^/]+/)+\d+\.json$")]
    private static partial Regex PublishedFile();

    [GeneratedRegex(@"catch\s*(?:\([^)]*\)\s*)?\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"//.*\b(?:TODO|FIXME|HACK)\b(?!.*#\d+).*")]
    private static partial Regex LooseTodo();
}
