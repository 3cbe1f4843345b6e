using System.Collections.Concurrent;

namespace Assize.Workflows.Verifying;

/// <summary>Verdicts by all that they are about. They are worked out one at a time and off the request: neither a page nor a transaction waits long, and memory is taken for one only.</summary>
/// <param name="patience">How long somebody waits for a verdict that is not known yet.</param>
internal sealed class VerdictQueue<T>(TimeSpan? patience) where T : class
{
    private const int MostKept = 200;
    private const int MostWaiting = 20;
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(4);
    private readonly ConcurrentDictionary<string, Lazy<Task<T>>> _verdicts = new();
    private readonly Lock _queue = new();
    private Task _last = Task.CompletedTask;

    /// <summary>The verdict; null where it is still being worked out.</summary>
    public async Task<T?> OfAsync(string key, Func<T> work, bool waits, CancellationToken ct)
    {
        if (!_verdicts.ContainsKey(key) && !MakeRoom())
        {
            return null;
        }
        Task<T> verdict = _verdicts.GetOrAdd(key, _ => new(() => Queue(work))).Value;
        if (waits && !verdict.IsCompleted)
        {
            await Task.WhenAny(verdict, Task.Delay(patience ?? s_usual, ct));
            ct.ThrowIfCancellationRequested();
        }
        return verdict.IsCompleted ? await verdict : null;
    }

    private Task<T> Queue(Func<T> work)
    {
        lock (_queue)
        {
            Task<T> next = WorkOutAsync(_last, work);
            _last = next;
            return next;
        }
    }

    private static async Task<T> WorkOutAsync(Task before, Func<T> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        return work();
    }

    // What is known can be worked out again; what is being worked out cannot be taken back.
    private bool MakeRoom()
    {
        List<string> known = [.. _verdicts.Where(x => x.Value.Value.IsCompleted).Select(x => x.Key)];
        if (known.Count > MostKept)
        {
            known.ForEach(key => _verdicts.TryRemove(key, out _));
        }
        return _verdicts.Count - known.Count < MostWaiting;
    }
}
