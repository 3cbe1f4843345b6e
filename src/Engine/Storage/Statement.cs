using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Assize.Engine.Storage;

/// <summary>A statement's text, with the names of its parameters in the order in which values are bound.</summary>
/// <remarks>PostgreSQL gets numbers for names: its driver would otherwise look for the names in the text at every use.</remarks>
internal sealed partial class Statement
{
    private const int Kept = 1000;

    private static readonly ConcurrentDictionary<(string Sql, bool IsPostgres), Statement> Known = new();

    public Statement(string text, IReadOnlyList<string> parameters) => (Text, Parameters) = (text, parameters);

    public string Text { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <summary>Reads a text with parameters such as <c>@unit</c>.</summary>
    public static Statement Of(string sql, Dialect dialect)
    {
        if (Known.TryGetValue((sql, dialect.IsPostgres), out Statement? known))
        {
            return known;
        }
        if (Known.Count >= Kept)
        {
            Known.Clear();
        }
        return Known.GetOrAdd((sql, dialect.IsPostgres), Read(sql, dialect.IsPostgres));
    }

    private static Statement Read(string sql, bool isPostgres)
    {
        List<string> names = [.. Name().Matches(sql).Select(m => m.Value).Distinct()];
        string text = isPostgres ? Name().Replace(sql, m => "$" + (names.IndexOf(m.Value) + 1).ToString(CultureInfo.InvariantCulture)) : sql;
        return new Statement(text, names);
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Name();
}
