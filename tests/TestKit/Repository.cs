using Xunit;

namespace Assize.TestKit;

/// <summary>Where the tree under test lies.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Assize.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root, with forward slashes.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>A file of the reference data that stands beside a development checkout; skips the test where it is absent, CI included.</summary>
    public static string SharedData(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "../shared/data", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"Expected reference data '{relative}' beside the checkout, but it is absent.");
        }

        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Assize.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"Expected Assize.slnx above {AppContext.BaseDirectory}, but no parent folder holds it.");
    }
}
