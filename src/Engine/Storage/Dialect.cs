using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Assize.Engine.Storage;

/// <summary>What differs between the two databases, found out once for each context model.</summary>
internal sealed class Dialect
{
    private static readonly ConcurrentDictionary<IModel, Dialect> Known = new();

    private readonly Func<object?, object?> _instant;

    private Dialect(DbContext db)
    {
        IsPostgres = db.Database.ProviderName!.EndsWith("PostgreSQL", StringComparison.Ordinal);
        _instant = db.Model.FindEntityType(typeof(UnitRow))!.FindProperty(nameof(UnitRow.CreatedAt))!.GetRelationalTypeMapping().Converter?.ConvertToProvider
            ?? (instant => instant);
    }

    public bool IsPostgres { get; }

    public string ForUpdate => IsPostgres ? " FOR UPDATE" : "";

    /// <summary>Locks rows of the table of that alias, and passes over those that somebody else holds.</summary>
    public string SkipLocked(string alias) => IsPostgres ? $" FOR UPDATE OF {alias} SKIP LOCKED" : "";

    public static Dialect Of(DbContext db) => Known.TryGetValue(db.Model, out Dialect? known) ? known : Known.GetOrAdd(db.Model, new Dialect(db));

    /// <summary>A value as a parameter takes it.</summary>
    public object Stored(object? value) => (value is DateTimeOffset ? _instant(value) : value) ?? DBNull.Value;
}
