using System.Globalization;
using Microsoft.AspNetCore.Html;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Components;

/// <summary>A line over weeks, drawn on the server. The page has the same figures in a table.</summary>
internal static class LinePlot
{
    private const int Width = 640;
    private const int Height = 180;
    private const int Left = 56;
    private const int Bottom = 28;

    /// <param name="points">By week, in order; at least two.</param>
    public static IHtmlContent Draw(string title, IReadOnlyList<(DateOnly Ends, int Value)> points)
    {
        var most = Math.Max(1, points.Max(point => point.Value));
        string X(int index) => Number(Left + ((Width - Left - 8.0) * index / Math.Max(1, points.Count - 1)));
        string Y(double value) => Number(8 + ((Height - Bottom - 8.0) * (1 - (value / most))));
        return Element("svg", "assize-plot",
            Element("title", null, Text(title)),
            All(new double[] { 0, most / 2.0, most }.Distinct().Select(value => All(
            [
                Element("line", "assize-plot__grid").With("x1", Number(Left)).With("x2", Number(Width - 8)).With("y1", Y(value)).With("y2", Y(value)),
                Element("text", "assize-plot__label", Text(value.ToString("0.#", CultureInfo.InvariantCulture))).With("x", Number(Left - 8)).With("y", Y(value)).With("text-anchor", "end").With("dominant-baseline", "middle"),
            ]))),
            All(points.Select((point, index) => (point.Ends, index)).Where(point => point.index % 13 == 0).Select(point =>
                Element("text", "assize-plot__label", Text(point.Ends.ToString("MMM yyyy", CultureInfo.GetCultureInfo("en-GB")))).With("x", X(point.index)).With("y", Number(Height - 8)))),
            Element("polyline", "assize-plot__line").With("points", string.Join(' ', points.Select((point, index) => $"{X(index)},{Y(point.Value)}"))))
            .With("viewBox", $"0 0 {Width} {Height}").With("role", "img").With("aria-label", $"{title}. The table below has the figures.");
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
