using Xunit;

namespace Assize.TestKit;

/// <summary>Compares text with a file kept in the tree; <c>UPDATE_GOLDEN=1</c> rewrites the file instead.</summary>
public static class Golden
{
    /// <param name="actual">What the code under test produced.</param>
    /// <param name="file">The kept file, relative to the repository's root.</param>
    public static void Matches(string actual, string file)
    {
        var path = Repository.PathOf(file);
        var text = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"Expected the kept file {file}, but it does not exist. UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }
}
