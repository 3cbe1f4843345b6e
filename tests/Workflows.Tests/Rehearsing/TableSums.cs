using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Tests.Rehearsing;

/// <summary>A checksum of all tables but those in which a long work keeps itself, and of the audit log but for what it says of such work.</summary>
internal static class TableSums
{
    private static readonly string[] s_own = ["operation", "rehearsal", "rehearsal_case"];

    public static async Task<string> OfAsync(CaseDatabase database, CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string table in db.Model.GetEntityTypes().Select(x => x.GetTableName()).OfType<string>().Except(s_own).Distinct().Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', (await RowsAsync(db, table, ct)).Order(StringComparer.Ordinal))));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<List<string>> RowsAsync(CaseDb db, string table, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"{(table == "audit_entry" ? " WHERE subject_kind <> 'operation' AND action <> 'definition.rehearse'" : "")}";
        await using DbDataReader reader = await command.ExecuteReaderAsync(ct);
        List<string> rows = [];
        while (await reader.ReadAsync(ct))
        {
            object[] values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add($"{table}|{string.Join('|', values.Select(x => x is byte[] bytes ? Convert.ToHexString(bytes) : x.ToString()))}");
        }
        return rows;
    }
}
