using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;
using static Assize.Architecture.Tests.House;

namespace Assize.Architecture.Tests;

/// <summary>What is written about the tree is true of it.</summary>
public sealed partial class DocumentTests
{
    private static IEnumerable<string> Documents => Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Settings_AreInTheReadme()
    {
        var readme = Read("README.md");
        var settings = SourceFiles.Where(file => file.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => Setting().Matches(Read(file)).Select(match => match.Groups["name"].Value)).Distinct();

        Rule.Holds(settings.Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Documents_CiteWhatExists()
    {
        var cited = Documents.SelectMany(document => Cited().Matches(Read(document)).Select(match => (document, Path: match.Groups["path"].Value)));

        Rule.Holds(cited.Where(citation => !Exists(citation.Path)).Select(citation => $"{citation.document}: {citation.Path}").Distinct());
    }

    [Fact]
    public void Documents_LinkToWhatExists()
    {
        var links = Documents.SelectMany(document => Link().Matches(Read(document)).Select(match => (document, Target: match.Groups["target"].Value)));

        Rule.Holds(links.Where(link => !Exists(Beside(link.document, link.Target))).Select(link => $"{link.document}: {link.Target}"));
    }

    [Fact]
    public void Decisions_AreAllListed()
    {
        var list = Read("docs/adr/README.md");

        Rule.Holds(Files.Where(file => Decision().IsMatch(file)).Select(Path.GetFileName).Where(file => !list.Contains($"({file})", StringComparison.Ordinal)));
    }

    /// <summary>Packages of the lock files of what is shipped, and those named for browsers and tests. A name that ends in a star stands for all that begin so.</summary>
    [Fact]
    public void Packages_AreInTheNotices()
    {
        var notices = Read("THIRD-PARTY-NOTICES.md");
        string[] names = [.. NoticeName().Matches(notices).Select(match => match.Value)];
        var packages = Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith("/packages.lock.json", StringComparison.Ordinal)).SelectMany(Locked)
            .Concat(PackageVersion().Matches(Read("Directory.Packages.props")).Select(match => match.Groups["id"].Value))
            .Concat(WebPackage().Matches(Read("package.json")).Select(match => match.Groups["id"].Value))
            .Distinct();

        Rule.Holds(packages.Where(id => !names.Any(name => name == id || (name.EndsWith(".*", StringComparison.Ordinal) && (id + ".").StartsWith(name[..^1], StringComparison.Ordinal)))));
    }

    private static IEnumerable<string> Locked(string file)
    {
        using var document = JsonDocument.Parse(Read(file));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project").Select(package => package.Name)];
    }

    private static bool Exists(string path) => File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    private static string Beside(string document, string target) => Path.Combine(Path.GetDirectoryName(document)!, target);

    [GeneratedRegex("\"(?<name>ASSIZE_[A-Z_]+)\"")]
    private static partial Regex Setting();

    [GeneratedRegex(@"`(?<path>(?:src|tests|docs|definitions)/[\w./-]*\w)/?`")]
    private static partial Regex Cited();

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)#]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^docs/adr/\d{4}-[\w-]+\.md$")]
    private static partial Regex Decision();

    [GeneratedRegex(@"[@\w][\w./-]*\.\*|[@\w][\w./-]*\w")]
    private static partial Regex NoticeName();

    [GeneratedRegex("PackageVersion Include=\"(?<id>[^\"]+)\"")]
    private static partial Regex PackageVersion();

    [GeneratedRegex("\"(?<id>[@\\w/.-]+)\": \"\\d")]
    private static partial Regex WebPackage();
}
