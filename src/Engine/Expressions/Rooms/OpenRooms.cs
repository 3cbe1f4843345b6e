using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Expressions.Rooms;

/// <summary>The rooms of this process. Some are kept open for the next script, and each is torn down with the script that went over its limits.</summary>
internal sealed class OpenRooms(int places) : IDisposable
{
    private const int Kept = 2;
    private const int Attempts = 2;

    private readonly SemaphoreSlim _places = new(places);
    private readonly ConcurrentBag<Room> _idle = [];

    public static OpenRooms OfThisProcess { get; } = new(Math.Max(4, 2 * Environment.ProcessorCount));

    /// <summary>Evaluates a script that may have to be given up. It waits no longer for a place than whoever has one may keep it.</summary>
    /// <exception cref="ScriptLimitExceeded">It went over its limits, or found no place.</exception>
    public JsonNode? Evaluate(Expression expression, ExpressionScope scope)
    {
        if (!_places.Wait(scope.Time + Room.Grace))
        {
            throw new ScriptLimitExceeded(ScriptLimitExceeded.Place);
        }
        try
        {
            return Read(Answer(expression, scope));
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        while (_idle.TryTake(out Room? room))
        {
            room.Dispose();
        }
    }

    // A room may be ended from outside; one that falls down again does so by the script, which used up its memory or its stack.
    private JsonObject Answer(Expression expression, ExpressionScope scope)
    {
        bool asked = false;
        ExpressionScope watched = scope with
        {
            SetVariable = (name, value) =>
            {
                asked = true;
                scope.SetVariable(name, value);
            },
            SetOutcomes = scope.SetOutcomes is not { } take ? null : chosen =>
            {
                asked = true;
                take(chosen);
            },
        };
        for (int attempt = 1; attempt <= Attempts && !asked; attempt++)
        {
            if (Once(expression, watched) is { } answer)
            {
                return answer;
            }
        }
        throw new ScriptLimitExceeded("memory");
    }

    private JsonObject? Once(Expression expression, ExpressionScope scope)
    {
        Room room = _idle.TryTake(out Room? kept) ? kept : Room.Open();
        try
        {
            JsonObject? answer = room.Evaluate(expression, scope);
            if (answer is not null && !answer.ContainsKey("limit") && room.IsSound && _idle.Count < Kept)
            {
                _idle.Add(room);
                return answer;
            }
            room.Dispose();
            return answer;
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    private static JsonNode? Read(JsonObject answer)
    {
        if (answer["limit"] is { } limit)
        {
            throw new ScriptLimitExceeded(limit.GetValue<string>());
        }
        if (answer["code"] is { } code)
        {
            throw new ExpressionFailed(code.GetValue<string>(), answer["message"]!.GetValue<string>());
        }
        return answer["broken"] is { } broken
            ? throw new InvalidOperationException($"Expected the script's room to answer, but it broke: {broken}")
            : answer["value"]?.DeepClone();
    }
}
