using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>Delivers outbox rows after commit, at least once. Any number of hosts may run it at once.</summary>
public sealed class OutboxDispatcher(UnitRunner runner, Func<OutboxMessage, CancellationToken, Task> deliver, TimeProvider clock)
{
    /// <summary>Delivers a batch; gives how many messages were delivered. A delivery that throws is tried again later.</summary>
    public Task<int> RunOnceAsync(Func<DbContext> open, DateTimeOffset now, CancellationToken ct) => throw new NotImplementedException($"{runner} {deliver} {clock}");
}

/// <summary>A message on its way out; the id is its idempotency key.</summary>
public sealed record OutboxMessage(string Id, string UnitId, string Kind, JsonObject Payload);
