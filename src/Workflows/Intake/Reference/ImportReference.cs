using System.Text.Json;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <summary>Where an import reads, and what each file held when it began.</summary>
/// <param name="Files">File name and SHA-256 of each, in the order in which they are taken.</param>
public sealed record ImportSettings(string Folder, IReadOnlyList<ImportedFile> Files);

public sealed record ImportedFile(string Name, string Digest);

/// <summary>
/// Takes the public code lists of a folder into the database; each list that is found replaces what was imported of it.
/// Rows are laid aside batch by batch and become the lists all at once, with the last one, so nobody ever works with half a list.
/// </summary>
public sealed class ImportReference
{
    public const string Name = "reference-import";
    private const int BatchSize = 2000;

    private (string Path, IReadOnlyList<ReferenceItem> Items)? _read;

    public OperationKind Kind => new(Name, AdvanceAsync, CancelAsync);

    private async Task<OperationProgress> AdvanceAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        ImportSettings settings = JsonSerializer.Deserialize<ImportSettings>(operation.Settings, JsonSerializerOptions.Web)!;
        Place at = operation.Cursor is null ? new Place(0, 0, 0) : JsonSerializer.Deserialize<Place>(operation.Cursor, JsonSerializerOptions.Web)!;
        if (at.File == settings.Files.Count)
        {
            return new OperationProgress(operation.Cursor, operation.Done, operation.Done, JsonSerializer.Serialize(await TakeOverAsync(db, operation.Id, settings, ct)));
        }
        IReadOnlyList<ReferenceItem> items = await ReadAsync(settings, settings.Files[at.File], ct);
        ReferenceItem[] batch = [.. items.Skip(at.Item).Take(BatchSize)];
        db.AddRange(batch.Select(item => Staged(operation.Id, item)));
        bool fileEnds = at.Item + batch.Length >= items.Count;
        Place next = fileEnds ? new Place(at.File + 1, 0, at.Before + items.Count) : at with { Item = at.Item + batch.Length };
        return new OperationProgress(JsonSerializer.Serialize(next, JsonSerializerOptions.Web), next.Before + next.Item, next.File == settings.Files.Count ? next.Before : null);
    }

    private async Task CancelAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        await db.Database.BeginTransactionAsync(ct);
        await db.Set<StagedReferenceRow>().Where(row => row.OperationId == operation.Id).ExecuteDeleteAsync(ct);
    }

    private async Task<IReadOnlyList<ReferenceItem>> ReadAsync(ImportSettings settings, ImportedFile file, CancellationToken ct)
    {
        string path = Path.Combine(settings.Folder, file.Name);
        if (_read is { } read && read.Path == path)
        {
            return read.Items;
        }
        if (!File.Exists(path) || await ImportFolder.DigestAsync(path, ct) != file.Digest)
        {
            throw new OperationFailed($"{file.Name} is not what it was when the import began. Nothing of it was taken. Cancel this import and begin again.");
        }
        try
        {
            IReadOnlyList<ReferenceItem> items = await PublicLists.ReadAsync(settings.Folder, file.Name, ct);
            _read = (path, items);
            return items;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or JsonException)
        {
            throw new OperationFailed($"{file.Name} could not be read: {unreadable.Message} Nothing was changed.");
        }
    }

    private static async Task<Dictionary<string, int>> TakeOverAsync(CaseDb db, string operationId, ImportSettings settings, CancellationToken ct)
    {
        await db.Database.BeginTransactionAsync(ct);
        Dictionary<string, int> taken = [];
        foreach (string list in settings.Files.Select(file => PublicLists.ListOf(file.Name)))
        {
            await db.Set<ReferenceRow>().Where(row => row.List == list).ExecuteDeleteAsync(ct);
            taken[list] = await db.Database.ExecuteSqlAsync(
                $"INSERT INTO reference_item (list, code, from_day, to_day, detail) SELECT list, code, from_day, to_day, detail FROM reference_staged WHERE operation_id = {operationId} AND list = {list}", ct);
        }
        await db.Set<StagedReferenceRow>().Where(row => row.OperationId == operationId).ExecuteDeleteAsync(ct);
        await ReferenceVersion.RaiseAsync(db, ct);
        return taken;
    }

    private static StagedReferenceRow Staged(string operationId, ReferenceItem item) => new()
    {
        OperationId = operationId,
        List = item.List,
        Code = item.Code,
        FromDay = item.From ?? DateOnly.MinValue,
        ToDay = item.To,
        Detail = item.Detail.ToJsonString(),
    };

    /// <param name="Before">Items of the files before.</param>
    private sealed record Place(int File, int Item, long Before);
}
