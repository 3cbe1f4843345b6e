using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Components;

/// <summary>Draws a flowchart as its owner drew it; whoever asks says what stands out. The page says the same in words beside it.</summary>
internal sealed class FlowPicture(IReadOnlyList<PictureStep> steps, IReadOnlyList<PictureArrow> arrows, string id)
{
    private const double Margin = 24;
    private const double Scale = 0.8;
    private const double LineHeight = 16;
    private const double SmallestHeight = 56;
    private const double SmallestWidth = 200;

    // Studio sets boxes close together, since there one can zoom; here arrows and their names need room between them.
    private const double StretchAcross = 1.3;
    private const double StretchDown = 1.2;
    private const int LongestPort = 22;
    private const double Elbow = 18;

    private PictureSpread _spread = new([], 0);

    public IHtmlContent Draw(string title, string description)
    {
        var boxes = steps.Select(Place).ToList();
        if (boxes.Count == 0)
        {
            return Element("p", "govuk-body", Text("This workflow has no drawing."));
        }

        _spread = new PictureSpread([.. boxes.Select(box => (box.X, box.Y, box.Width, box.Bottom - box.Y))], LineHeight);
        boxes = [.. boxes.Select(box => box with { Y = _spread.At(box.Y) })];

        List<(double X, double Y)> corners = [.. arrows.SelectMany(Vertices), .. boxes.Select(box => (box.X, box.Y)), .. boxes.Select(box => (box.X + box.Width, box.Bottom + Elbow))];
        var (left, top) = (corners.Min(corner => corner.X) - Margin, corners.Min(corner => corner.Y) - Margin);
        var (width, height) = (corners.Max(corner => corner.X) + Margin - left, corners.Max(corner => corner.Y) + Margin - top);
        var byId = boxes.ToDictionary(box => box.Step.Node.Id);
        var svg = Element("svg", null,
            Element("title", null, Text(title)).With("id", $"{id}-title"),
            Element("desc", null, Text(description)).With("id", $"{id}-desc"),
            Element("defs", null, Element("marker", null, Element("path", null).With("d", "M0 0 8 4 0 8z").With("fill", "#5f6670"))
                .With("id", $"{id}-tip").With("viewBox", "0 0 8 8").With("refX", "8").With("refY", "4").With("markerWidth", "8").With("markerHeight", "8").With("markerUnits", "userSpaceOnUse").With("orient", "auto")),
            All(arrows.Where(arrow => byId.ContainsKey(arrow.Ends.Source) && byId.ContainsKey(arrow.Ends.Target))
                .Select(arrow => Arrow(arrow, byId[arrow.Ends.Source], byId[arrow.Ends.Target], boxes))),
            All(boxes.Select(Box)));
        return svg.With("xmlns", "http://www.w3.org/2000/svg").With("role", "img").With("aria-labelledby", $"{id}-title {id}-desc")
            .With("viewBox", string.Join(' ', Number(left), Number(top), Number(width), Number(height)))
            .With("width", Number(width * Scale)).With("height", Number(height * Scale));
    }

    private Placed Place(PictureStep step)
    {
        var designer = (step.Node.Json["metadata"] as JsonObject)?["designer"] as JsonObject;
        var width = Math.Max(SmallestWidth, Coordinate(designer, "size", "width"));
        var lines = Wrap(step.Node.DisplayText, width);
        if (Owner(step.Node) is { } owner)
        {
            lines.Add(new Line(owner, "who"));
        }

        var height = Math.Max(Math.Max(SmallestHeight, (PortsOf(step.Node.Id).Count + 1) * LineHeight), Math.Max(Coordinate(designer, "size", "height"), (lines.Count * LineHeight) + 20));
        return new Placed(
            step, Coordinate(designer, "position", "x") * StretchAcross, (Coordinate(designer, "position", "y") * StretchDown) + step.Lowered, width, height, lines,
            [.. step.Marks.SelectMany(mark => Wrap(mark, width)).Select(line => line.Text)]);
    }

    private static TagBuilder Box(Placed box)
    {
        var middle = box.Y + (box.Height / 2) - ((box.Lines.Count - 1) * LineHeight / 2) + 4;
        return Element("g", $"step {box.Step.Css}".TrimEnd(),
            Element("rect", null).With("x", Number(box.X)).With("y", Number(box.Y)).With("width", Number(box.Width)).With("height", Number(box.Height)).With("rx", "4"),
            All(box.Lines.Select((line, index) => Element("text", line.Css, Text(line.Text))
                .With("x", Number(box.X + 12)).With("y", Number(middle + (index * LineHeight))))),
            All(box.Marks.Select((mark, index) => Element("text", "waits", Text(mark))
                .With("x", Number(box.X)).With("y", Number(box.Y + box.Height + ((index + 1) * LineHeight))))));
    }

    private TagBuilder Arrow(PictureArrow arrow, Placed from, Placed to, IReadOnlyList<Placed> boxes)
    {
        // Each outcome leaves at a height of its own, so that arrows and their names stay apart.
        var ports = PortsOf(arrow.Ends.Source);
        var y1 = from.Y + (from.Height * (ports.IndexOf(arrow.Ends.SourcePort) + 1) / (ports.Count + 1));
        var (x1, x2, y2) = (from.X + from.Width, to.X, to.Y + (to.Height / 2));
        var vertices = Vertices(arrow);
        var leftwards = vertices.Count == 0 && IsFreeToTheLeft(from, to, boxes);
        var path = leftwards ? $"M{Number(from.X)} {Number(y1)} C{Number(from.X - 40)} {Number(y1)} {Number(to.X + to.Width + 40)} {Number(y2)} {Number(to.X + to.Width)} {Number(y2)}"
            : vertices.Count > 0 ? $"M{Number(x1)} {Number(y1)} {string.Join(' ', vertices.Select(point => $"L{Number(point.X)} {Number(point.Y)}"))} L{Number(x2)} {Number(y2)}"
            : x2 > x1 ? Forward(x1, y1, x2, y2)
            : Back(from, to, x1, y1, x2, y2);
        var name = arrow.Ends.SourcePort == Connection.DefaultPort ? "" : Words.Plain(arrow.Ends.SourcePort);
        var label = $"{arrow.Mark} {Clipped(name)}".Trim();
        return Element("g", null,
            Element("path", $"arrow {arrow.Css}".TrimEnd()).With("d", path).With("marker-end", $"url(#{id}-tip)"),
            label.Length == 0 ? null : Element("text", "port", Text(label), Element("title", null, Text($"{arrow.Mark} {name}".Trim())))
                .With("x", Number(leftwards ? from.X - 6 : x1 + 6)).With("y", Number(y1 - 3)).With("text-anchor", leftwards ? "end" : null));
    }

    private List<string> PortsOf(string stepId) => [.. arrows.Where(arrow => arrow.Ends.Source == stepId).Select(arrow => arrow.Ends.SourcePort).Distinct()];

    /// <summary>Where a path runs from right to left, its next step is reached straight from the left side.</summary>
    private static bool IsFreeToTheLeft(Placed from, Placed to, IReadOnlyList<Placed> boxes) =>
        to.X + to.Width < from.X && to.Y < from.Bottom && from.Y < to.Bottom
        && !boxes.Any(box => box.X > to.X && box.X < from.X && box.Y < Math.Max(from.Bottom, to.Bottom) && box.Bottom > Math.Min(from.Y, to.Y));

    private static string Forward(double x1, double y1, double x2, double y2)
    {
        var bend = Math.Max(40, (x2 - x1) / 2);
        return $"M{Number(x1)} {Number(y1)} C{Number(x1 + bend)} {Number(y1)} {Number(x2 - bend)} {Number(y2)} {Number(x2)} {Number(y2)}";
    }

    // A step that lies to the left, above or below is reached through the space between the rows, not across boxes.
    private static string Back(Placed from, Placed to, double x1, double y1, double x2, double y2)
    {
        var between = to.Y > from.Bottom ? (from.Bottom + to.Y) / 2
            : from.Y > to.Bottom ? (to.Bottom + from.Y) / 2
            : Math.Max(from.Bottom, to.Bottom) + Elbow;
        return $"M{Number(x1)} {Number(y1)} H{Number(x1 + Elbow)} V{Number(between)} H{Number(x2 - Elbow)} V{Number(y2)} H{Number(x2)}";
    }

    private static string Clipped(string port) => port.Length <= LongestPort ? port : port[..(LongestPort - 1)] + "…";

    private List<(double X, double Y)> Vertices(PictureArrow arrow) =>
        [.. (arrow.Bends ?? []).OfType<JsonObject>().Select(point => (Value(point["x"]) * StretchAcross, _spread.At(Value(point["y"]) * StretchDown)))];

    private static string? Owner(ActivityNode node)
    {
        var role = node.Inputs.GetValueOrDefault("role")?.Expression?.Value?.ToString();
        return node.Type switch
        {
            "Assize.CaseTask" => role is null ? "A person's task" : Words.Role(role),
            "Assize.Hearing" => "In court",
            "Elsa.Delay" or "Elsa.StartAt" or "Elsa.Timer" or "Assize.Deadline" => "A day",
            _ => null,
        };
    }

    private static List<Line> Wrap(string text, double width)
    {
        var most = (int)((width - 24) / 7);
        var lines = new List<Line>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + word.Length + 1 > most)
            {
                lines.Add(new Line(line, null));
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        lines.Add(new Line(line, null));
        return lines;
    }

    private static double Coordinate(JsonObject? designer, string part, string member) => Value((designer?[part] as JsonObject)?[member]);

    private static double Value(JsonNode? number) => number is JsonValue value && value.TryGetValue<double>(out var read) ? read : 0;

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private sealed record Line(string Text, string? Css);

    private sealed record Placed(
        PictureStep Step, double X, double Y, double Width, double Height, IReadOnlyList<Line> Lines, IReadOnlyList<string> Marks)
    {
        public double Bottom => Y + Height + (Marks.Count * LineHeight);
    }
}

/// <summary>A box of the picture.</summary>
/// <param name="Css">What makes it stand out.</param>
/// <param name="Marks">What is said below it.</param>
/// <param name="Lowered">How far below its place it is drawn, so that it hides nothing.</param>
internal sealed record PictureStep(ActivityNode Node, string Css, IReadOnlyList<string> Marks, double Lowered = 0);

/// <summary>An arrow of the picture.</summary>
/// <param name="Bends">Where the owner bent it, as the definition says.</param>
/// <param name="Mark">A sign before its outcome's name.</param>
internal sealed record PictureArrow(Connection Ends, JsonArray? Bends, string Css, string? Mark = null)
{
    /// <summary>All arrows of a flowchart, each with what makes it stand out.</summary>
    public static IEnumerable<PictureArrow> Of(ActivityNode flowchart, Func<Connection, (string Css, string? Mark)> shown) => flowchart.Connections.Select(arrow =>
        new PictureArrow(arrow, ((flowchart.Json["connections"] as JsonArray)?[arrow.Index] as JsonObject)?["vertices"] as JsonArray, shown(arrow).Css, shown(arrow).Mark));
}
