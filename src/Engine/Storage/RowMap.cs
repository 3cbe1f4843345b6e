using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Storage;

/// <summary>How rows of one entity type are written and read without a change tracker, by the context's own mapping.</summary>
internal sealed class RowMap
{
    private static readonly ConcurrentDictionary<(IModel, Type), RowMap> Known = new();

    private readonly ConcurrentDictionary<string, string> _selects = new();
    private readonly Func<object> _new;
    private readonly int _key;

    private RowMap(IEntityType type)
    {
        Type = type.ClrType;
        Table = Quote(type.GetTableName()!);
        StoreObjectIdentifier store = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        Columns = [.. type.GetProperties().Where(p => p.PropertyInfo is not null).Select(p => new Column(p, store))];
        Keys = [.. Columns.Where(c => c.IsKey)];
        Written = [.. Columns.Where(c => !c.IsGenerated)];
        _key = Array.IndexOf(Columns, Keys[0]);
        _new = Expression.Lambda<Func<object>>(Expression.New(type.ClrType)).Compile();
    }

    public Type Type { get; }
    public string Table { get; }
    public Column[] Columns { get; }
    public Column[] Keys { get; }

    /// <summary>Without what the database draws itself.</summary>
    public Column[] Written { get; }

    public static RowMap For(DbContext db, Type type) => Known.TryGetValue((db.Model, type), out RowMap? known) ? known
        : Known.GetOrAdd((db.Model, type), static key => new RowMap(
            key.Item1.FindEntityType(key.Item2) ?? throw new InvalidOperationException($"Expected {key.Item2.Name} to be mapped, but the context does not know it.")));

    public string Select(string alias) => _selects.GetOrAdd(alias, a => string.Join(", ", Columns.Select(c => $"{a}.{c.Name}")));

    /// <summary>What tells two rows apart; null where the database numbers them.</summary>
    public string? KeyOf(object row) => Keys switch
    {
        [{ IsGenerated: true }] => null,
        [var only] => only.Get(row)?.ToString(),
        _ => string.Join('\u001f', Keys.Select(k => k.Get(row))),
    };

    /// <summary>The row that stands at these columns of the reader; null where an outer join found none.</summary>
    public object? Read(DbDataReader reader, int offset)
    {
        if (reader.IsDBNull(offset + _key))
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

    private static string Quote(string name) => $"\"{name}\"";

    internal sealed class Column
    {
        public Column(IProperty property, StoreObjectIdentifier store)
        {
            RelationalTypeMapping mapping = property.GetRelationalTypeMapping();
            Name = Quote(property.GetColumnName(store)!);
            StoreType = mapping.StoreType;
            IsKey = property.IsPrimaryKey();
            IsGenerated = property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType != typeof(string);
            Get = (Func<object, object?>)Compiled(typeof(object), property, mapping);
            Gather = Gatherer(property, mapping);
            Read = Reader(property, mapping);
        }

        public string Name { get; }
        public string StoreType { get; }
        public bool IsKey { get; }
        public bool IsGenerated { get; }

        /// <summary>A row's value as a parameter takes it.</summary>
        public Func<object, object?> Get { get; }

        /// <summary>The values of several rows as one array parameter.</summary>
        public Func<IReadOnlyList<object>, Array> Gather { get; }

        public Action<object, DbDataReader, int> Read { get; }

        private static Type StoredType(IProperty property, RelationalTypeMapping mapping)
        {
            Type stored = mapping.Converter?.ProviderClrType ?? property.ClrType;
            return property.IsNullable && stored.IsValueType && Nullable.GetUnderlyingType(stored) is null ? typeof(Nullable<>).MakeGenericType(stored) : stored;
        }

        // Func<object, T>: the property, converted where the mapping converts.
        private static Delegate Compiled(Type result, IProperty property, RelationalTypeMapping mapping)
        {
            ParameterExpression row = Expression.Parameter(typeof(object));
            Expression value = Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!);
            if (mapping.Converter is { } convert)
            {
                value = Expression.Invoke(Expression.Constant(convert.ConvertToProvider), Expression.Convert(value, typeof(object)));
            }
            return Expression.Lambda(typeof(Func<,>).MakeGenericType(typeof(object), result), Expression.Convert(value, result), row).Compile();
        }

        private static Func<IReadOnlyList<object>, Array> Gatherer(IProperty property, RelationalTypeMapping mapping)
        {
            Type stored = StoredType(property, mapping);
            MethodInfo gather = typeof(Column).GetMethod(nameof(Gathering), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(stored);
            return (Func<IReadOnlyList<object>, Array>)gather.Invoke(null, [Compiled(stored, property, mapping)])!;
        }

        private static Func<IReadOnlyList<object>, Array> Gathering<T>(Func<object, T> get) => rows =>
        {
            T[] values = new T[rows.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = get(rows[i]);
            }
            return values;
        };

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
            if (property.IsNullable)
            {
                value = Expression.Condition(
                    Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, ordinal),
                    Expression.Default(property.ClrType), Expression.Convert(value, property.ClrType));
            }
            Expression set = Expression.Assign(
                Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!), Expression.Convert(value, property.ClrType));
            return Expression.Lambda<Action<object, DbDataReader, int>>(set, row, reader, ordinal).Compile();
        }
    }
}
