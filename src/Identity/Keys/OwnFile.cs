using System.Security.Cryptography;

namespace Assize.Identity.Keys;

/// <summary>A file with a secret: readable by its owner only, and either whole or not there.</summary>
internal static class OwnFile
{
    /// <summary>Makes the file unless it exists. Of several processes one wins, and all read the winner's.</summary>
    public static void CreateOnce(string path, Action<Stream> write)
    {
        if (File.Exists(path))
        {
            return;
        }
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string whole = Write(path, write);
        try
        {
            File.Move(whole, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(whole);
        }
    }

    public static void Replace(string path, Action<Stream> write) => File.Move(Write(path, write), path, overwrite: true);

    private static string Write(string path, Action<Stream> write)
    {
        string whole = $"{path}.{RandomNumberGenerator.GetHexString(8)}";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using FileStream stream = new(whole, options);
        write(stream);
        return whole;
    }
}
