namespace Assize.Host.Components;

/// <summary>Moves the lower rows of a drawing down where what is written under a step would run into the step below it.</summary>
internal sealed class PictureSpread
{
    // Everything from a height on moves down by so much.
    private readonly List<(double From, double By)> _cuts = [];

    /// <param name="boxes">Each step with all that is written under it.</param>
    public PictureSpread(IReadOnlyList<(double X, double Y, double Width, double Height)> boxes, double gap)
    {
        foreach (var lower in boxes.OrderBy(box => box.Y))
        {
            var lowest = boxes.Where(upper => upper.Y < lower.Y && upper.X < lower.X + lower.Width && lower.X < upper.X + upper.Width)
                .Select(upper => At(upper.Y) + upper.Height + gap).DefaultIfEmpty(double.MinValue).Max();
            if (lowest > At(lower.Y))
            {
                _cuts.Add((lower.Y, lowest - At(lower.Y)));
            }
        }
    }

    /// <summary>Where a height of the drawing comes to lie.</summary>
    public double At(double y) => y + _cuts.Where(cut => cut.From <= y).Sum(cut => cut.By);
}
