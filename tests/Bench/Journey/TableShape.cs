using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Assize.Bench.Journey;

/// <summary>A table's columns, its key, and the column that the database numbers by itself, if any.</summary>
internal sealed record TableShape(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key, string? Numbered)
{
    public static IReadOnlyList<TableShape> Of(DbContext db) =>
        [.. db.Model.GetEntityTypes().Where(type => type.GetTableName() is not null).Select(Of).OrderBy(shape => shape.Name, StringComparer.Ordinal)];

    private static TableShape Of(IEntityType type)
    {
        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        var key = type.FindPrimaryKey()!.Properties;
        var numbered = key is [{ ValueGenerated: ValueGenerated.OnAdd } only] && (only.ClrType == typeof(long) || only.ClrType == typeof(int)) ? only : null;
        return new(
            table.Name,
            [.. type.GetProperties().Select(property => property.GetColumnName(table)!)],
            [.. key.Select(property => property.GetColumnName(table)!)],
            numbered?.GetColumnName(table));
    }
}
