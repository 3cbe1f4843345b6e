namespace Assize.Host.Demonstration.Journey;

/// <summary>Tells what happens, one line each, with the business time at which it happens.</summary>
internal sealed class Narrator(TextWriter output)
{
    private readonly HashSet<string> _said = [];

    public DateTimeOffset Now { get; set; }

    public void Say(string text) => output.WriteLine($"{TimeZoneInfo.ConvertTime(Now, London):ddd d MMM yyyy HH:mm}  {text}");

    /// <summary>The same text is said only once.</summary>
    public void SayOnce(string text)
    {
        if (_said.Add(text))
        {
            Say(text);
        }
    }

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
}
