using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.SignalR;

namespace Assize.Host.Designer.Instances;

/// <summary>Tells viewers that their instance took a step, on whichever host: the sequence in the instance's row says so, and is read again while somebody watches.</summary>
/// <remarks>A hint from this host or another only makes the next reading come sooner. Who watches is asked again, each time, whether they still may.</remarks>
internal sealed class InstanceWatch(
    IHubContext<InstanceHub> hub, InstanceQueries instances, SessionCheck sessions, StepHints hints, ILogger<InstanceWatch> log) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(400);

    // Studio attaches its handlers after it has asked to observe, so what is sent in between reaches nobody there.
    private static readonly TimeSpan[] s_settling = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)];

    private readonly ConcurrentDictionary<string, InstanceWatcher> _watchers = new();
    // By connection: what one viewer was told says nothing of another, who may have loaded the page since.
    private readonly Dictionary<(string ConnectionId, string InstanceId), Told> _told = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _starting = new();
    private Task? _reading;

    public void Add(InstanceWatcher watcher)
    {
        _watchers[watcher.ConnectionId] = watcher;
        lock (_starting)
        {
            _reading ??= Task.Run(() => ReadAsync(_ending.Token));
        }
    }

    public void Remove(string connectionId) => _watchers.TryRemove(connectionId, out _);

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var hint = hints.Next;
                await LookAsync(ct);
                await StepHints.WaitAsync(hint, s_pause, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            var watched = _watchers.Values.ToLookup(watcher => watcher.InstanceId);
            _told.Keys.Where(key => !_watchers.ContainsKey(key.ConnectionId)).ToList().ForEach(key => _told.Remove(key));
            if (watched.Count == 0)
            {
                return;
            }

            foreach (var (id, sequence) in await instances.SequencesAsync([.. watched.Select(instance => instance.Key)], ct))
            {
                // What a viewer loaded may be older than our first reading, so the first one is news as well.
                var behind = watched[id].Select(watcher => (Watcher: watcher, Now: Now(watcher, sequence)))
                    .Where(viewer => _told.GetValueOrDefault((viewer.Watcher.ConnectionId, id)) != viewer.Now).ToList();
                if (behind.Count > 0)
                {
                    await TellAsync(id, [.. behind.Select(viewer => viewer.Watcher)], ct);
                    behind.ForEach(viewer => _told[(viewer.Watcher.ConnectionId, id)] = viewer.Now);
                }
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.JobFailed(log, nameof(InstanceWatch), failure);
        }
    }

    private static Told Now(InstanceWatcher watcher, long sequence) =>
        new(sequence, s_settling.Count(moment => watcher.Watching.Elapsed >= moment));

    private async Task TellAsync(string instanceId, List<InstanceWatcher> behind, CancellationToken ct)
    {
        var stats = new JsonObject { ["stats"] = StudioExecutions.Stats(InstanceTrace.Of(await instances.JournalAsync(instanceId, ct))) };
        foreach (var watchers in behind.GroupBy(watcher => (watcher.Caller.Subject, watcher.Token)))
        {
            if (!await MayStillAsync(watchers.First(), ct))
            {
                watchers.ToList().ForEach(Leave);
                continue;
            }

            var viewers = hub.Clients.Clients([.. watchers.Select(watcher => watcher.ConnectionId)]);
            await viewers.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = instanceId }, ct);
            await viewers.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, ct);
            await viewers.SendAsync("ActivityExecutionLogUpdatedAsync", stats, ct);
        }
    }

    private async Task<bool> MayStillAsync(InstanceWatcher watcher, CancellationToken ct) =>
        (watcher.Token is null || await sessions.AskAsync(watcher.Token, ct) == SessionState.Live)
        && await instances.MaySeeAsync(watcher.Caller, watcher.InstanceId, ct);

    private void Leave(InstanceWatcher watcher)
    {
        Remove(watcher.ConnectionId);
        watcher.Abort();
    }

    /// <param name="Settled">How many of the settling moments had passed for this viewer.</param>
    private sealed record Told(long Sequence, int Settled);
}

/// <summary>One connection of a viewer.</summary>
/// <param name="Token">Of the session behind the cookie; null where there is none to ask about.</param>
internal sealed record InstanceWatcher(string ConnectionId, string InstanceId, Caller Caller, string? Token, Action Abort)
{
    public Stopwatch Watching { get; } = Stopwatch.StartNew();
}
