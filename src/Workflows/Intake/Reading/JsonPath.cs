using System.Text.Json;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Where a reader stands, as a JSON pointer; refuses a member that its object already has.</summary>
internal sealed class JsonPath
{
    private readonly Stack<Level> _levels = new();

    public string Pointer => string.Concat(_levels.Reverse().Select(level => level.Segment));

    public void Step(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Enter(Text(ref reader));
                break;
            case JsonTokenType.StartObject:
                Count();
                _levels.Push(new Level(isObject: true));
                break;
            case JsonTokenType.StartArray:
                Count();
                _levels.Push(new Level(isObject: false));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _levels.Pop();
                break;
            case JsonTokenType.String:
                Count();
                _ = Text(ref reader);
                break;
            default:
                Count();
                break;
        }
    }

    // A lone surrogate written as an escape passes the UTF-8 check and fails only when the text is made.
    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new IntakeUnreadable(UnreadableCodes.Encoding, 400, Pointer, "Expected text, but an escape in it is no character.");
        }
    }

    private void Enter(string name)
    {
        Level level = _levels.Peek();
        level.Segment = "/" + JsonPointer.Escape(name);
        if (!level.Names!.Add(name))
        {
            throw new IntakeUnreadable(UnreadableCodes.DuplicateMember, 400, Pointer,
                $"Expected each member once, but '{ProsecutionReader.Shorten(name)}' is given twice in the same object.");
        }
    }

    private void Count()
    {
        if (_levels.TryPeek(out Level? level) && level.Names is null)
        {
            level.Segment = $"/{level.Index++}";
        }
    }

    private sealed class Level(bool isObject)
    {
        public HashSet<string>? Names { get; } = isObject ? new(StringComparer.Ordinal) : null;
        public int Index { get; set; }
        public string Segment { get; set; } = "";
    }
}
