using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <summary>An imported item of a code list.</summary>
public sealed class ReferenceRow
{
    public required string List { get; init; }
    public required string Code { get; init; }

    /// <summary>The first day of the calendar where the list gives no day.</summary>
    public required DateOnly FromDay { get; init; }
    public DateOnly? ToDay { get; init; }

    /// <summary>JSON text.</summary>
    public required string Detail { get; init; }
}

/// <summary>An item that an import has read and not yet put in force.</summary>
public sealed class StagedReferenceRow
{
    public required string OperationId { get; init; }
    public required string List { get; init; }
    public required string Code { get; init; }
    public required DateOnly FromDay { get; init; }
    public DateOnly? ToDay { get; init; }
    public required string Detail { get; init; }
}

/// <summary>One row, counted up by every import and publication, by which hosts notice.</summary>
public sealed class ReferenceVersion
{
    public const int OnlyRow = 1;

    public required int Id { get; init; }
    public required long Version { get; set; }

    /// <summary>In the caller's transaction.</summary>
    public static async Task RaiseAsync(CaseDb db, CancellationToken ct)
    {
        if (await db.Set<ReferenceVersion>().ExecuteUpdateAsync(row => row.SetProperty(x => x.Version, x => x.Version + 1), ct) == 0)
        {
            db.Add(new ReferenceVersion { Id = OnlyRow, Version = 1 });
        }
    }
}
