using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reference;

/// <summary>A code list as a table with commas: a column "code", days in "from" and "to", and every other column a detail.</summary>
public static class CodeListTable
{
    /// <summary>The codes as a list's file has them. Days that are none are kept as they are, for verification to name.</summary>
    /// <param name="known">Codes that the list has, from which details take their kind.</param>
    /// <exception cref="InvalidDataException">The text is no such table; the message names the line.</exception>
    public static JsonArray Read(string text, IEnumerable<JsonObject> known)
    {
        List<(int Line, List<string> Cells)> rows = [.. Rows(text.TrimStart('\uFEFF')).Where(x => x.Cells.Any(cell => cell.Length > 0))];
        if (rows.Count < 2 || rows[0].Cells is not { } head || !head.Contains("code"))
        {
            throw new InvalidDataException("Expected a first line with the names of the columns, “code” among them, and a line for each code.");
        }
        if (head.GroupBy(x => x).FirstOrDefault(x => x.Count() > 1 || x.Key.Length == 0) is { } twice)
        {
            throw new InvalidDataException($"Line 1: expected every column to have a name of its own, but “{twice.Key}” is there {twice.Count()} times.");
        }
        Dictionary<string, JsonValueKind> kinds = known.SelectMany(x => x).Where(x => x.Value is not null).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.First().Value!.GetValueKind());
        return new JsonArray([.. rows.Skip(1).Select(row => Item(head, row.Line, row.Cells, kinds))]);
    }

    private static JsonObject Item(List<string> head, int line, List<string> cells, Dictionary<string, JsonValueKind> kinds)
    {
        if (cells.Count > head.Count)
        {
            throw new InvalidDataException($"Line {line}: expected {head.Count} values, as there are columns, but there are {cells.Count}. Put a value with a comma into quotation marks.");
        }
        JsonObject item = [], details = [];
        foreach ((string column, string cell) in head.Zip(cells).Where(x => x.Second.Length > 0))
        {
            (column is "code" or "from" or "to" ? item : details)[column] = column is "code" or "from" or "to" ? cell : Detail(cell, kinds.GetValueOrDefault(column));
        }
        if (details.Count > 0)
        {
            item["details"] = details;
        }
        return item;
    }

    private static JsonValue Detail(string cell, JsonValueKind kind) => kind switch
    {
        JsonValueKind.Number when decimal.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
        JsonValueKind.True or JsonValueKind.False when cell.ToLowerInvariant() is "true" or "yes" => JsonValue.Create(true),
        JsonValueKind.True or JsonValueKind.False when cell.ToLowerInvariant() is "false" or "no" => JsonValue.Create(false),
        _ => JsonValue.Create(cell),
    };

    // Values in quotation marks may hold commas, line ends, and quotation marks doubled.
    private static IEnumerable<(int Line, List<string> Cells)> Rows(string text)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        int line = 1, began = 1;
        for (int at = 0; at < text.Length; at++)
        {
            char letter = text[at];
            line += letter == '\n' ? 1 : 0;
            if (quoted && letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && letter is ',' or '\n' && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                if (letter == '\n')
                {
                    yield return (began, cells);
                    (cells, began) = ([], line);
                }
            }
            else
            {
                cell.Append(letter);
            }
        }
        if (quoted)
        {
            throw new InvalidDataException($"Line {began}: expected the quotation mark to be closed, but the file ends before.");
        }
        cells.Add(cell.ToString().Trim());
        yield return (began, cells);
    }
}
