using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Storage;

/// <summary>How rows of one entity type are written and read without a change tracker, by the context's own mapping.</summary>
internal sealed class RowMap
{
    private static readonly ConcurrentDictionary<(IModel, Type), RowMap> Known = new();

    private const int KeptRows = 20;

    private readonly ConcurrentDictionary<string, string> _selects = new();
    private const int KeptStarts = 200;

    private readonly ConcurrentDictionary<(int Rows, bool MayExist, int First), string> _inserts = new();
    private readonly Func<object> _new;

    private RowMap(IEntityType type)
    {
        Table = Quote(type.GetTableName()!);
        StoreObjectIdentifier store = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        Columns = [.. type.GetProperties().Where(p => p.PropertyInfo is not null).Select(p => new Column(p, store))];
        Keys = [.. Columns.Where(c => c.IsKey)];
        Written = [.. Columns.Where(c => !c.IsGenerated)];
        _new = Expression.Lambda<Func<object>>(Expression.New(type.ClrType)).Compile();
    }

    public string Table { get; }
    public Column[] Columns { get; }
    public Column[] Keys { get; }

    /// <summary>Without what the database draws itself.</summary>
    public Column[] Written { get; }

    public static RowMap For(DbContext db, Type type) => Known.GetOrAdd((db.Model, type), static key => new RowMap(
        key.Item1.FindEntityType(key.Item2) ?? throw new InvalidOperationException($"Expected {key.Item2.Name} to be mapped, but the context does not know it.")));

    public string Select(string alias) => _selects.GetOrAdd(alias, a => string.Join(", ", Columns.Select(c => $"{a}.{c.Name}")));

    /// <summary>The statement that writes so many rows; parameters are <c>@p0</c> (or the number given) and so on, row by row.</summary>
    public string Insert(int rows, bool mayExist, int first = 0) => rows > KeptRows || first > KeptStarts
        ? InsertSql(rows, mayExist, first)
        : _inserts.GetOrAdd((rows, mayExist, first), key => InsertSql(key.Rows, key.MayExist, key.First));

    private string InsertSql(int rows, bool mayExist, int first)
    {
        IEnumerable<string> values = Enumerable.Range(0, rows).Select(r =>
            "(" + string.Join(", ", Enumerable.Range(first + (r * Written.Length), Written.Length).Select(Parameter)) + ")");
        string sql = $"INSERT INTO {Table} ({string.Join(", ", Written.Select(c => c.Name))}) VALUES {string.Join(", ", values)}";
        if (!mayExist)
        {
            return sql;
        }
        string set = string.Join(", ", Written.Where(c => !c.IsKey).Select(c => $"{c.Name} = excluded.{c.Name}"));
        return $"{sql} ON CONFLICT ({string.Join(", ", Keys.Select(k => k.Name))}) DO {(set.Length == 0 ? "NOTHING" : "UPDATE SET " + set)}";
    }

    public static string Parameter(int number) => "@p" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The row that stands at these columns of the reader; null where an outer join found none.</summary>
    public object? Read(DbDataReader reader, int offset)
    {
        if (reader.IsDBNull(offset + Array.IndexOf(Columns, Keys[0])))
        {
            return null;
        }
        object row = _new();
        for (int i = 0; i < Columns.Length; i++)
        {
            Columns[i].Read(row, reader, offset + i);
        }
        return row;
    }

    public static string Quote(string name) => $"\"{name}\"";

    internal sealed class Column
    {
        private readonly RelationalTypeMapping _mapping;
        private readonly Func<object, object?> _get;
        private readonly Action<object, DbDataReader, int> _read;

        public Column(IProperty property, StoreObjectIdentifier store)
        {
            Name = Quote(property.GetColumnName(store)!);
            IsKey = property.IsPrimaryKey();
            IsGenerated = property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType != typeof(string);
            _mapping = property.GetRelationalTypeMapping();
            _get = Getter(property);
            _read = Reader(property, _mapping);
        }

        public string Name { get; }
        public bool IsKey { get; }
        public bool IsGenerated { get; }

        public object? Get(object row) => _get(row);

        public void Read(object row, DbDataReader reader, int ordinal) => _read(row, reader, ordinal);

        public DbParameter Parameter(DbCommand command, string name, object? value) => _mapping.CreateParameter(command, name, value, nullable: true);

        private static Func<object, object?> Getter(IProperty property)
        {
            ParameterExpression row = Expression.Parameter(typeof(object));
            Expression value = Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!);
            return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), row).Compile();
        }

        private static Action<object, DbDataReader, int> Reader(IProperty property, RelationalTypeMapping mapping)
        {
            ParameterExpression row = Expression.Parameter(typeof(object));
            ParameterExpression reader = Expression.Parameter(typeof(DbDataReader));
            ParameterExpression ordinal = Expression.Parameter(typeof(int));
            Type model = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            Type stored = mapping.Converter is { } converter ? Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType : model;
            Expression value = Expression.Call(reader, nameof(DbDataReader.GetFieldValue), [stored], ordinal);
            if (mapping.Converter is { } convert)
            {
                value = Expression.Invoke(Expression.Constant(convert.ConvertFromProvider), Expression.Convert(value, typeof(object)));
            }
            Expression result = Expression.Condition(
                Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, ordinal),
                Expression.Default(property.ClrType), Expression.Convert(value, property.ClrType));
            Expression set = Expression.Assign(Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!), result);
            return Expression.Lambda<Action<object, DbDataReader, int>>(set, row, reader, ordinal).Compile();
        }
    }
}
