using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>The room that a step takes on the canvas, as it was measured there, or as its text and outcomes will need.</summary>
public sealed record StepBox(double X, double Y, double Width, double Height)
{
    private const double SmallestWidth = 200;
    private const double SmallestHeight = 60;
    private const double LongestWidth = 480;
    private const double Letter = 8;
    private const double Around = 70;
    private const double Outcome = 26;

    public double Right => X + Width;
    public double Bottom => Y + Height;

    /// <summary>Where the step stands; at 0, 0 where nobody placed it.</summary>
    public static StepBox Of(ActivityNode step, ActivityDescriptor? descriptor)
    {
        var size = ((step.Json["metadata"] as JsonObject)?["designer"] as JsonObject)?["size"] as JsonObject;
        var (x, y) = PositionOf(step.Json) ?? (0, 0);
        var outcomes = FlowPorts.Of(step, descriptor)?.Length ?? 1;
        return new StepBox(
            x, y,
            Number(size?["width"]) is > 0 and var width ? width : Math.Clamp(Around + (step.DisplayText.Length * Letter), SmallestWidth, LongestWidth),
            Number(size?["height"]) is > 0 and var height ? height : Math.Max(SmallestHeight, Outcome * (outcomes + 1)));
    }

    /// <summary>True where the other box, with so much room around it, touches this one.</summary>
    public bool IsNear(StepBox other, double room) =>
        other.X - room < Right && X < other.Right + room && other.Y - room < Bottom && Y < other.Bottom + room;

    /// <summary>Null where nobody placed the step.</summary>
    public static (double X, double Y)? PositionOf(JsonObject step) =>
        ((step["metadata"] as JsonObject)?["designer"] as JsonObject)?["position"] is JsonObject position && Number(position["x"]) is { } x && Number(position["y"]) is { } y ? (x, y) : null;

    private static double? Number(JsonNode? value) => value is JsonValue number && number.TryGetValue<double>(out var read) ? read : null;
}
