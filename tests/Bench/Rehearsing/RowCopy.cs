using System.Reflection;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Assize.Bench.Rehearsing;

/// <summary>Writes rows of a table as PostgreSQL takes them in bulk, so that what is measured need not wait for what it is measured on.</summary>
internal static class RowCopy
{
    public static async Task WriteAsync<T>(CaseDb db, IEnumerable<T> rows) where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        List<(PropertyInfo Property, string Column)> columns =
            [.. type.GetProperties().Where(x => x.ValueGenerated == ValueGenerated.Never || x.ClrType == typeof(string)).Select(x => (x.PropertyInfo!, x.GetColumnName(table)!))];
        await db.Database.OpenConnectionAsync();
        await using (var import = await ((NpgsqlConnection)db.Database.GetDbConnection())
            .BeginBinaryImportAsync($"COPY \"{table.Name}\" ({string.Join(", ", columns.Select(x => $"\"{x.Column}\""))}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var row in rows)
            {
                await import.StartRowAsync();
                foreach (var (property, _) in columns)
                {
                    await WriteAsync(import, property.GetValue(row));
                }
            }

            await import.CompleteAsync();
        }

        await db.Database.CloseConnectionAsync();
    }

    private static Task WriteAsync(NpgsqlBinaryImporter import, object? value) => value switch
    {
        null => import.WriteNullAsync(),
        string text => import.WriteAsync(text),
        bool flag => import.WriteAsync(flag),
        int number => import.WriteAsync(number),
        long number => import.WriteAsync(number),
        DateTimeOffset at => import.WriteAsync(at),
        _ => throw new InvalidOperationException($"Expected a plain value, but it is a {value.GetType().Name}."),
    };
}
