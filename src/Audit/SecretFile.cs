using System.Security.Cryptography;

namespace Assize.Audit;

/// <summary>The secret that signing keys are encrypted with: a file that only its owner reads, apart from the database.</summary>
public static class SecretFile
{
    /// <summary>Makes it where there is none. Of several processes one wins, and all read the winner's.</summary>
    public static string ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Make(path);
        }
        return File.ReadAllText(path).Trim();
    }

    private static void Make(string path)
    {
        string whole = $"{path}.{RandomNumberGenerator.GetHexString(8)}";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (StreamWriter writer = new(whole, options))
        {
            writer.Write(RandomNumberGenerator.GetHexString(64, lowercase: true));
        }
        try
        {
            File.Move(whole, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(whole);
        }
    }
}
