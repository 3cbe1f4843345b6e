using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Expressions.Rooms;

/// <summary>In a room's own process: evaluates what is sent, one after the other, until nobody sends any more.</summary>
internal static class RoomKeeper
{
    public static void Keep(Stream from, Stream to)
    {
        // Whoever opened the room ends it, also where a terminal tells all of its processes to stop.
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        RoomWatch watch = new();
        WarmUp();
        RoomText.Send(to, json => json.WriteBoolean("open", true));
        while (RoomText.Receive(from) is { } sent)
        {
            ExpressionScope scope = RoomDoor.Scope(sent, (asks, name, value) => Ask(from, to, asks, name, value));
            watch.Begin(scope.Time + Room.Grace + Room.Grace);
            JsonObject said = Evaluate(sent, scope);
            watch.End();
            RoomText.Send(to, json =>
            {
                foreach ((string name, JsonNode? value) in said)
                {
                    json.Write(name, value);
                }
            });
        }
    }

    // The engine is compiled at its first script, which must not count as that script's time.
    private static void WarmUp()
    {
        ExpressionScope nothing = RoomDoor.Scope(
            new() { ["now"] = "2026-01-01T00:00:00Z", ["seed"] = 1L, ["instanceId"] = "", ["variables"] = new JsonObject { ["a"] = new JsonArray(1, "b") }, ["inputs"] = new JsonObject(), ["ticks"] = TimeSpan.TicksPerMinute, ["chooses"] = false },
            (_, _, _) => null);
        JavaScript.Evaluate("let n = 0; for (const x of getVariable('a')) { n += String(x).length; } setVariable('a', n); const f = (a, b) => a - b; [3, 1].map(x => ({ x, t: `${x}`.replace(/1/g, 'y') })).sort(f); JSON.stringify([n])", nothing);
        Liquid.Evaluate("{% assign a = 'x' | append: 'y' %}{% for i in (1..2) %}{{ i | plus: 1 }}{% endfor %}{{ a | split: 'x' | join: ',' }}", nothing);
    }

    private static JsonObject Evaluate(JsonObject sent, ExpressionScope scope)
    {
        try
        {
            return new() { ["value"] = Evaluator.EvaluateHere(new Expression(sent["language"]!.GetValue<string>(), sent["source"]?.DeepClone()), scope) };
        }
        catch (ExpressionFailed failed)
        {
            return new() { ["code"] = failed.Code, ["message"] = failed.Message };
        }
        catch (ScriptLimitExceeded exceeded)
        {
            return new() { ["limit"] = exceeded.Limit };
        }
        catch (OutOfMemoryException)
        {
            return new() { ["limit"] = "memory" };
        }
        catch (Exception broken)
        {
            return new() { ["broken"] = broken.ToString() };
        }
    }

    private static JsonNode? Ask(Stream from, Stream to, string asks, string? name, JsonNode? value)
    {
        RoomText.Send(to, json =>
        {
            json.WriteString("asks", asks);
            json.WriteString("name", name);
            json.Write("value", value);
        });
        JsonObject answer = RoomText.Receive(from) ?? throw new EndOfStreamException("Expected an answer from the step, but it is gone.");
        return answer.ContainsKey("stop") ? throw new ExpressionFailed("script-stopped", "The step refused what the script asked for.") : answer["answer"]?.DeepClone();
    }
}
