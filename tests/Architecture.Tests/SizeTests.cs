using System.Reflection;
using System.Reflection.Metadata;
using System.Text.RegularExpressions;
using Xunit;
using static Assize.Architecture.Tests.House;

namespace Assize.Architecture.Tests;

public sealed partial class SizeTests
{
    private const int FileLines = 400;
    private const int MethodLines = 60;
    private const int Dependencies = 5;

    [Fact]
    public void Files_AreReadInOneSitting()
    {
        var tooLong = SourceFiles
            .Select(file => (file, lines: File.ReadLines(Path.Combine(Root, file)).Count()))
            .Where(entry => entry.lines > FileLines)
            .Select(entry => $"{entry.file}: {entry.lines} lines, at most {FileLines}");

        Rule.Holds(tooLong);
    }

    [Fact]
    public void Methods_FitOnOneScreen()
    {
        Rule.Holds(Assemblies.SelectMany(LongMethods));
    }

    [Fact]
    public void Constructors_TakeFewDependencies()
    {
        // A record's constructor lists its data, which is no dependency.
        var tooMany = WrittenTypes
            .Where(type => type.GetMethod("<Clone>$") is null && !type.IsValueType)
            .SelectMany(type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            .Where(constructor => constructor.GetParameters().Length > Dependencies)
            .Select(constructor => $"{constructor.DeclaringType!.FullName}: {constructor.GetParameters().Length} parameters, at most {Dependencies}");

        Rule.Holds(tooMany);
    }

    [Fact]
    public void Inheritance_OfOurOwnTypes_IsOneDeep()
    {
        var deep = WrittenTypes
            .Where(type => IsOurs(type.BaseType) && IsOurs(type.BaseType!.BaseType))
            .Select(type => $"{type.FullName} : {type.BaseType!.FullName} : {type.BaseType.BaseType!.FullName}");

        Rule.Holds(deep);
    }

    [Fact]
    public void Classes_AreSealed_UnlessInherited()
    {
        var inherited = WrittenTypes.Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();
        var open = WrittenTypes
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !inherited.Contains(type))
            .Select(type => type.FullName);

        Rule.Holds(open);
    }

    [Fact]
    public void Names_SayWhatAThingIs()
    {
        var vague = WrittenTypes.Where(type => VagueName().IsMatch(type.Name)).Select(type => type.FullName);

        Rule.Holds(vague);
    }

    private static bool IsOurs(Type? type) => type?.Assembly.GetName().Name?.StartsWith("Assize.", StringComparison.Ordinal) == true;

    private static IEnumerable<string> LongMethods(Assembly assembly)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        var reader = symbols.GetMetadataReader();
        var tooLong = new List<string>();
        foreach (var handle in reader.MethodDebugInformation)
        {
            var points = reader.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden).ToList();
            if (points.Count == 0)
            {
                continue;
            }

            var document = reader.GetString(reader.GetDocument(points[0].Document).Name).Replace('\\', '/');
            var (first, last) = (points.Min(point => point.StartLine), points.Max(point => point.EndLine));
            if (last - first + 1 > MethodLines && document.EndsWith(".cs", StringComparison.Ordinal) && !GeneratedFile().IsMatch(document))
            {
                tooLong.Add($"{document}:{first} has a method of {last - first + 1} lines, at most {MethodLines}");
            }
        }

        return tooLong;
    }

    [GeneratedRegex("/Migrations/|/obj/|[.]g[.]cs$|[.]cshtml")]
    private static partial Regex GeneratedFile();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utilities|Base|Extensions)(`[0-9]+)?$")]
    private static partial Regex VagueName();
}
