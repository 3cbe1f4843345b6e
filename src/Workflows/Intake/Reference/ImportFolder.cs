using System.Security.Cryptography;
using Assize.Workflows.Access;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Intake.Reference;

/// <summary>Begins the import of a folder's code lists, or finds the one that was left unfinished.</summary>
public static class ImportFolder
{
    private const string About = "code-lists";

    /// <returns>Null where the folder holds none of the known files.</returns>
    public static async Task<TrackedOperation?> BeginAsync(CaseDb db, Caller caller, string folder, DateTimeOffset now, CancellationToken ct)
    {
        IReadOnlyList<string> names = PublicLists.In(folder);
        if (names.Count == 0)
        {
            return null;
        }
        List<ImportedFile> files = [];
        foreach (string name in names)
        {
            files.Add(new ImportedFile(name, await DigestAsync(Path.Combine(folder, name), ct)));
        }
        TrackedOperation operation = await BeginOperation.AddAsync(
            db, caller, ImportReference.Name, About, new ImportSettings(Path.GetFullPath(folder), files), AccessActions.ImportReference, now, ct);
        await db.SaveChangesAsync(ct);
        return operation;
    }

    public static async Task<string> DigestAsync(string path, CancellationToken ct)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }
}
