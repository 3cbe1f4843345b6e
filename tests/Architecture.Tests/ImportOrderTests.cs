using ArchUnitNET.Domain;
using Xunit;
using static Assize.Architecture.Tests.House;

namespace Assize.Architecture.Tests;

public sealed class ImportOrderTests
{
    private static readonly string[] EngineFromBelow = ["Definitions", "Expressions", "Instances", "Stepping", "Soundness", "Rehearsing", "Storage", "Commands"];

    private static readonly string[] OutsideWorld = ["System.IO", "System.Net", "System.Data", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Npgsql", "Microsoft.Data"];

    [Theory]
    [InlineData("Assize.Audit", "Assize.Engine")]
    [InlineData("Assize.Audit", "Assize.Workflows")]
    [InlineData("Assize.Audit", "Assize.Identity")]
    [InlineData("Assize.Audit", "Assize.Host")]
    [InlineData("Assize.Audit", "Microsoft.EntityFrameworkCore")]
    [InlineData("Assize.Engine", "Assize.Audit")]
    [InlineData("Assize.Engine", "Assize.Workflows")]
    [InlineData("Assize.Engine", "Assize.Host")]
    [InlineData("Assize.Workflows", "Assize.Host")]
    [InlineData("Assize.Identity", "Assize.Engine")]
    [InlineData("Assize.Identity", "Assize.Workflows")]
    [InlineData("Assize.Identity", "Assize.Host")]
    [InlineData("Assize.Engine", "Assize.Identity")]
    [InlineData("Assize.Workflows", "Assize.Identity")]
    [InlineData("Assize.Host", "Assize.Identity")]
    [InlineData("Assize.Engine", "Microsoft.AspNetCore")]
    [InlineData("Assize.Workflows", "Microsoft.AspNetCore")]
    public void Imports_RunDownward_Only(string from, string forbidden)
    {
        Rule.Holds(Forbidden(Uses(from).Where(use => Within(NamespaceOf(use.Used), forbidden))));
    }

    [Fact]
    public void Uses_AreSeen_WhereTheyAreAllowed()
    {
        Assert.Contains(Uses("Assize.Engine.Storage"), use => Within(NamespaceOf(use.Used), "Microsoft.EntityFrameworkCore"));
        Assert.Contains(Uses("Assize.Workflows"), use => Within(NamespaceOf(use.Used), "Assize.Engine.Instances"));
    }

    [Fact]
    public void Engine_Layers_UseOnlyThoseBelow()
    {
        var wrong = EngineFromBelow.SelectMany((layer, height) =>
            Uses($"Assize.Engine.{layer}").Where(use =>
                EngineFromBelow.Skip(height + 1).Any(above => Within(NamespaceOf(use.Used), $"Assize.Engine.{above}"))));

        Rule.Holds(Forbidden(wrong));
    }

    [Theory]
    [InlineData("Assize.Engine.Rehearsing")]
    [InlineData("Assize.Engine.Soundness")]
    [InlineData("Assize.Engine.Stepping")]
    [InlineData("Assize.Engine.Instances")]
    [InlineData("Assize.Engine.Definitions")]
    public void Stepping_AndBelow_TouchNoOutsideWorld(string layer)
    {
        var wrong = Uses(layer).Where(use =>
            OutsideWorld.Any(outside => Within(NamespaceOf(use.Used), outside))
            // In-memory text is no I/O.
            && use.Used.Name is not ("StringReader" or "StringWriter" or "TextWriter" or "TextReader" or "MemoryStream" or "Stream"));

        Rule.Holds(Forbidden(wrong));
    }

    [Fact]
    public void Workflows_SeesEngineStorage_OnlyFromItsOwnStorage()
    {
        var wrong = Uses("Assize.Workflows")
            .Where(use => !Within(use.User.Namespace.FullName, "Assize.Workflows.Storage"))
            .Where(use => Within(NamespaceOf(use.Used), "Assize.Engine.Storage"));

        Rule.Holds(Forbidden(wrong));
    }

    [Fact]
    public void Identity_IsReferenced_OnlyByHostAndNamedOnlyInProgram()
    {
        var references = Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal) && Read(file).Contains("Identity.csproj", StringComparison.Ordinal));
        var mentions = SourceFiles.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && !file.StartsWith("src/Identity/", StringComparison.Ordinal) && Read(file).Contains("Assize.Identity", StringComparison.Ordinal));

        Assert.Equal(["src/Host/Host.csproj"], references);
        Assert.DoesNotContain(mentions, file => file != "src/Host/Program.cs");
    }

    private static string NamespaceOf(IType type) => type.Namespace?.FullName ?? "";

    private static IEnumerable<string> Forbidden(IEnumerable<(IType User, IType Used)> uses) =>
        uses.Select(use => $"{use.User.FullName} uses {use.Used.FullName}").Distinct().Order(StringComparer.Ordinal);
}
