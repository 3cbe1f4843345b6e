using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Assize.TestKit.Databases;

/// <summary>Looks through every column of every table that a context maps.</summary>
public static class TextSearch
{
    /// <summary>Where a text stands, in whatever letters: "table.column", once for each row. Bytes are read as UTF-8.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(DbContext db, string text, CancellationToken ct)
    {
        List<string> found = [];
        await db.Database.OpenConnectionAsync(ct);
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using DbDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                found.AddRange(Enumerable.Range(0, reader.FieldCount)
                    .Where(column => Read(reader.GetValue(column)).Contains(text, StringComparison.OrdinalIgnoreCase))
                    .Select(column => $"{table}.{reader.GetName(column)}"));
            }
        }

        await db.Database.CloseConnectionAsync();
        return found;
    }

    private static string Read(object value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
