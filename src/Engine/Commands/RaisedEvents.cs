using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>Events of a command that go beyond its unit: a message for waits elsewhere, and one for each workflow that begins with the event.</summary>
internal sealed class RaisedEvents(UnitSession session)
{
    private const string Columns = "id, unit_id, instance_id, request_id, kind, payload, state, attempts, next_at, created_at";

    private readonly List<(string Id, string Name, string Event, string? Elsewhere, string? InstanceId)> _raised = [];

    /// <param name="elsewhere">True where waits of other units may hear it.</param>
    public void Add(string name, string? key, JsonNode? payload, bool elsewhere, string? instanceId)
    {
        JsonObject begun = new() { ["key"] = key, ["payload"] = payload?.DeepClone() };
        JsonObject heard = new() { ["name"] = name, ["key"] = key, ["payload"] = payload?.DeepClone(), ["from"] = session.UnitId };
        _raised.Add((session.NewId(), name, begun.ToJsonString(), elsewhere ? heard.ToJsonString() : null, instanceId));
    }

    /// <summary>One statement for all of them. The database itself finds who begins: what a host remembers could be older than what another published.</summary>
    public void Write(WriteSet writes)
    {
        if (_raised.Count == 0)
        {
            return;
        }
        List<(string, object?)> parameters = [("@unit", session.UnitId), ("@request", session.Command.Key), ("@at", session.RecordedAt)];
        StringBuilder events = new();
        foreach ((string id, string name, string begun, string? heard, string? instance) in _raised)
        {
            string n = parameters.Count.ToString(CultureInfo.InvariantCulture);
            events.Append(events.Length == 0 ? "" : " UNION ALL ")
                .Append(CultureInfo.InvariantCulture, $"SELECT @id{n} AS id, @name{n} AS name, @begun{n} AS begun, @heard{n} AS heard, @instance{n} AS instance");
            parameters.AddRange([($"@id{n}", id), ($"@name{n}", name), ($"@begun{n}", begun), ($"@heard{n}", heard), ($"@instance{n}", instance)]);
        }
        writes.Also(
            $$"""
            WITH raised AS ({{events}})
            INSERT INTO engine_outbox ({{Columns}})
            SELECT e.id, @unit, e.instance, @request, '{{EventDelivery.Kind}}', e.heard, '{{OutboxState.Waiting}}', 0, @at, @at
            FROM raised e WHERE e.heard IS NOT NULL
            UNION ALL
            SELECT e.id || '/' || t.definition_id || '/' || t.activity_id, @unit, e.instance, @request, '{{TriggeredStarts.Kind}}',
                '{"target":' || t.target || ',"event":' || e.begun || '}', '{{OutboxState.Waiting}}', 0, @at, @at
            FROM raised e JOIN engine_trigger t ON t.kind = 'Event' AND t.name = e.name
            JOIN engine_definition d ON d.id = t.definition_id AND d.version = t.version AND d.retracted_at IS NULL
            """,
            [.. parameters]);
    }
}
