using System.Reflection;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace Assize.Architecture.Tests;

/// <summary>What the rules look at: the five assemblies, and the text of the tree.</summary>
internal static partial class House
{
    private static readonly string[] NotOurs = [".git", ".data", "artifacts", "node_modules", "bin", "obj", ".vs", ".idea", ".vscode"];

    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [.. new[] { "Audit", "Engine", "Workflows", "Identity", "Host" }.Select(name => Assembly.Load($"Assize.{name}"))];

    public static ArchUnitNET.Domain.Architecture Architecture { get; } = new ArchLoader().LoadAssemblies([.. Assemblies]).Build();

    public static string Root { get; } = FindRoot();

    /// <summary>Types that somebody wrote: no closures, no migrations, no compiled pages.</summary>
    public static IEnumerable<Type> WrittenTypes { get; } =
        [.. Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsWritten)];

    /// <summary>Every file that belongs to the repository, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesBelow(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> SourceFiles => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Each use of one of our types' dependencies: who, and whom.</summary>
    public static IEnumerable<(IType User, IType Used)> Uses(string fromNamespace) =>
        Architecture.Types
            .Where(type => Within(type.Namespace.FullName, fromNamespace))
            .SelectMany(type => type.Dependencies.Select(dependency => (type, dependency.Target)));

    public static bool Within(string name, string parent) =>
        name == parent || name.StartsWith(parent + ".", StringComparison.Ordinal);

    private static bool IsWritten(Type type) =>
        type.Namespace is { } name
        && Within(name, "Assize")
        && !name.Contains(".Migrations", StringComparison.Ordinal)
        && !GeneratedName().IsMatch(type.FullName!)
        && !type.Name.StartsWith("Pages_", StringComparison.Ordinal)
        && type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null;

    private static IEnumerable<string> FilesBelow(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (Path.GetFileName(file) != ".git")
            {
                yield return file;
            }
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Where(path => !NotOurs.Contains(Path.GetFileName(path))))
        {
            foreach (var file in FilesBelow(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assize.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Expected Assize.slnx above the tests, but no parent folder holds it.");
        }

        return folder;
    }

    [GeneratedRegex(@"[<>]|AspNetCoreGeneratedDocument|RegexGenerator|__|OpenApi\.Generated")]
    private static partial Regex GeneratedName();
}
