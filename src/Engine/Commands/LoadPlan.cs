using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Assize.Engine.Commands;

/// <summary>The statements of a load, made once for each kind of command: the lock, the main read, and one for each set of rows.</summary>
internal sealed partial class LoadPlan
{
    private const int Kept = 1000;

    private static readonly ConcurrentDictionary<(IModel Model, string Shape), LoadPlan> Known = new();

    private LoadPlan(DbContext db, UnitAddress unit, List<Wanted> ones, List<Wanted> manys, List<(string Name, string Query)> texts)
    {
        Dialect dialect = Dialect.Of(db);
        (Instances, Requests) = (RowMap.For(db, typeof(InstanceRow)), RowMap.For(db, typeof(RequestRow)));
        Ones = [.. ones.Select(w => RowMap.For(db, w.Type))];
        Manys = [.. manys.Select(w => RowMap.For(db, w.Type))];
        string[] statements =
        [
            unit.IsNew
                ? "INSERT INTO engine_unit (id, created_at) VALUES (@address, @at) ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id"
                : $"SELECT id FROM engine_unit WHERE id = {unit.Select}{dialect.ForUpdate}",
            Main(unit, ones, texts),
            .. manys.Select((w, n) => $"SELECT {Manys[n].Select("t")} FROM {Manys[n].Table} t WHERE {w.Condition}"),
        ];
        Statements = [.. statements.Select(text => Statement.Of(text, dialect))];
    }

    public Statement[] Statements { get; }
    public RowMap Instances { get; }
    public RowMap Requests { get; }
    public RowMap[] Ones { get; }
    public RowMap[] Manys { get; }

    public static LoadPlan For(DbContext db, UnitAddress unit, List<Wanted> ones, List<Wanted> manys, List<(string Name, string Query)> texts)
    {
        string shape = string.Join('\n', [unit.Select, unit.IsNew ? "new" : "old", .. Shapes(ones), "", .. Shapes(manys), "", .. texts.Select(text => text.Query)]);
        if (Known.TryGetValue((db.Model, shape), out LoadPlan? known))
        {
            return known;
        }
        if (Known.Count >= Kept)
        {
            Known.Clear();
        }
        return Known.GetOrAdd((db.Model, shape), new LoadPlan(db, unit, ones, manys, texts));
    }

    private static IEnumerable<string> Shapes(List<Wanted> wanted) => wanted.SelectMany(w => new[] { w.Type.FullName!, w.Condition });

    private string Main(UnitAddress unit, List<Wanted> ones, List<(string Name, string Query)> texts)
    {
        string columns = string.Join(", ", [Instances.Select("i"), Requests.Select("r"), .. Ones.Select((map, n) => map.Select(Alias(n))), .. texts.Select(text => $"({text.Query})")]);
        string joins = string.Concat(ones.Select((one, n) => $" LEFT JOIN {Ones[n].Table} {Alias(n)} ON {OwnAlias().Replace(one.Condition, Alias(n) + ".")}"));
        return $"SELECT {columns} FROM (SELECT {unit.Select} AS id) u LEFT JOIN {Instances.Table} i ON i.unit_id = u.id AND i.running"
            + $" LEFT JOIN {Requests.Table} r ON r.id = @request{joins}";
    }

    private static string Alias(int number) => "o" + number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bt\.")]
    private static partial Regex OwnAlias();
}
