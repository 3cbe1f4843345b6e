using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Long work that the caller may see, the newest first.</summary>
public sealed class OperationQueries(CaseDatabase database, VisibleOperations visible)
{
    /// <summary>Null where the cursor is none of this list.</summary>
    public async Task<Page<OperationItem>?> ListAsync(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var operations = (await visible.OfAsync(db, caller, ct)).AsNoTracking();
        if (after is [var micros, var id])
        {
            var at = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            operations = operations.Where(operation => operation.CreatedAt < at || (operation.CreatedAt == at && operation.Id.CompareTo(id) < 0));
        }

        var rows = await operations.OrderByDescending(operation => operation.CreatedAt).ThenByDescending(operation => operation.Id).Take(limit + 1).ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].CreatedAt).ToString(CultureInfo.InvariantCulture), page[^1].Id) : null;
        return new Page<OperationItem>([.. page.Select(Item)], next);
    }

    public async Task<OperationItem?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await (await visible.OfAsync(db, caller, ct)).AsNoTracking().SingleOrDefaultAsync(operation => operation.Id == id, ct) is { } found ? Item(found) : null;
    }

    public static OperationItem Item(TrackedOperation row) => new(
        row.Id, row.Kind, row.About, row.State, row.Wish, row.Done, row.Total, row.Failure, row.StartedByName, row.CreatedAt, row.EndedAt,
        row.Outcome is null ? null : JsonNode.Parse(row.Outcome));
}
