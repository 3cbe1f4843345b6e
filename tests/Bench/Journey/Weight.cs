using System.Data.Common;
using System.Globalization;

namespace Assize.Bench.Journey;

/// <summary>How many rows and bytes each table holds.</summary>
internal sealed record Weight(string Table, long Rows, long Bytes)
{
    public static async Task<IReadOnlyList<Weight>> OfAsync(DbConnection connection, IReadOnlyList<TableShape> shapes, bool sqlite)
    {
        var weights = new List<Weight>();
        foreach (var shape in shapes)
        {
            await using var command = connection.CreateCommand();
            var bytes = sqlite
                ? string.Join(" + ", shape.Columns.Select(column => $"coalesce(length(CAST(\"{column}\" AS blob)), 0)"))
                : string.Join(" + ", shape.Columns.Select(column => $"coalesce(octet_length(\"{column}\"::text), 0)"));
            command.CommandText = $"SELECT count(*), coalesce(sum({bytes}), 0) FROM \"{shape.Name}\"";
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            weights.Add(new Weight(shape.Name, reader.GetInt64(0), Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture)));
        }

        return weights;
    }

    /// <summary>Prints what a journey of each added to each table, and says whether they agree to within two in a hundred.</summary>
    public static bool Compare(Growth ours, Growth floor, TextWriter output)
    {
        var same = true;
        output.WriteLine($"{"table",-28}{"rows/journey",14}{"floor",10}{"bytes/journey",16}{"floor",12}");
        foreach (var (mine, theirs) in ours.PerJourney().Zip(floor.PerJourney()).Where(pair => pair.First.Rows + pair.Second.Rows > 0.001))
        {
            same &= Near(mine.Rows, theirs.Rows) && Near(mine.Bytes, theirs.Bytes);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mine.Table,-28}{mine.Rows,14:0.00}{theirs.Rows,10:0.00}{mine.Bytes,16:0}{theirs.Bytes,12:0}"));
        }

        return same;
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) <= 0.02 * Math.Max(one, other);
}

/// <summary>What some journeys added.</summary>
internal sealed record Growth(IReadOnlyList<Weight> Before, IReadOnlyList<Weight> After, long Journeys)
{
    public IEnumerable<(string Table, double Rows, double Bytes)> PerJourney() =>
        Before.Zip(After, (before, after) => (before.Table, (after.Rows - before.Rows) / (double)Journeys, (after.Bytes - before.Bytes) / (double)Journeys));
}
