using System.Xml.Linq;
using Xunit;
using static Assize.Architecture.Tests.House;

namespace Assize.Architecture.Tests;

public sealed class ContractTests
{
    // One entry per interface that has a single implementation in src, with the outside boundary that it stands for.
    private static readonly Dictionary<string, string> Boundaries = new()
    {
        ["Assize.Engine.Stepping.IStep"] = "what a handler may do; the engine alone implements it, handlers outside the engine only see it",
        ["Assize.Engine.Commands.IUnitOwner"] = "what the engine asks of whoever owns its units; the engine's tests own some themselves",
        ["Assize.Workflows.Access.IAccessEvaluator"] = "a test replaces it by one that denies everything",
    };

    [Theory]
    [InlineData("Assize.Engine", "Assize.Engine.Definitions")]
    [InlineData("Assize.Engine", "Assize.Engine.Stepping")]
    [InlineData("Assize.Host", "Assize.Host.Api.Contracts")]
    public void PublicTypes_OthersBuildOn_StateTheirContract(string assembly, string space)
    {
        var documented = Documented(assembly);
        var silent = WrittenTypes
            .Where(type => type.IsPublic && Within(type.Namespace!, space) && !documented.Contains($"T:{type.FullName}"))
            .Select(type => type.FullName);

        Rule.Holds(silent);
    }

    [Fact]
    public void Settings_AreAllDocumented()
    {
        var documented = Documented("Assize.Host");
        var settings = WrittenTypes.Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name == "HostSettings")
            .Where(type => type.Assembly.GetName().Name == "Assize.Host");
        var silent = settings.SelectMany(type => type.GetProperties().Where(property => property.CanWrite).Select(property => $"P:{type.FullName}.{property.Name}"))
            .Where(property => !documented.Contains(property));

        Rule.Holds(silent);
    }

    [Fact]
    public void Interfaces_HaveTwoImplementations_OrABoundary()
    {
        var lonely = WrittenTypes
            .Where(type => type.IsInterface)
            .Where(type => WrittenTypes.Count(other => other is { IsInterface: false, IsAbstract: false } && type.IsAssignableFrom(other)) < 2)
            .Select(type => type.FullName!)
            .Where(name => !Boundaries.ContainsKey(name));

        Rule.Holds(lonely);
    }

    [Fact]
    public void Engine_IsBuiltWithItsBans()
    {
        Assert.Contains("BannedSymbols.txt", Read("src/Engine/Engine.csproj"));
        Assert.Contains("BannedApiAnalyzers", Read("src/Engine/Engine.csproj"));
        foreach (var banned in (string[])["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Guid.NewGuid", "System.Random"])
        {
            Assert.Contains(banned, Read("src/Engine/BannedSymbols.txt"));
        }
    }

    private static HashSet<string> Documented(string assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml");
        return [.. XDocument.Load(file).Descendants("member").Select(member => member.Attribute("name")!.Value)];
    }
}
