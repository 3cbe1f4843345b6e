using System.Globalization;

namespace Assize.Bench;

/// <summary>One line of the report: name, value, unit, aim.</summary>
internal sealed record Figure(string Name, double Value, string Unit, string Aim = "-")
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name,-58} {Value,12:0.0}  {Unit,-14} {Aim}");

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }
}
