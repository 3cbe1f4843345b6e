using System.Collections.Concurrent;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Activities;

namespace Assize.Workflows.Verifying;

/// <summary>Verdicts of soundness, by all that they are about. They are worked out one at a time and off the request: neither a page nor a transaction waits long, and memory is taken for one exploration only.</summary>
/// <param name="patience">How long somebody waits for a verdict that is not known yet.</param>
public sealed class SoundnessVerdicts(TimeSpan? patience = null, SoundnessBounds? bounds = null)
{
    private const int MostKept = 200;
    private const int MostWaiting = 20;
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, Lazy<Task<SoundnessVerdict>>> _verdicts = new();
    private readonly Lock _queue = new();
    private Task _last = Task.CompletedTask;

    /// <summary>The verdict; null where it is still being worked out.</summary>
    public async Task<SoundnessVerdict?> OfAsync(SoundnessQuestion asked, bool waits, CancellationToken ct)
    {
        string key = asked.Key();
        if (!_verdicts.ContainsKey(key) && !MakeRoom())
        {
            return null;
        }
        Task<SoundnessVerdict> verdict = _verdicts.GetOrAdd(key, _ => new(() => Queue(asked))).Value;
        if (waits && !verdict.IsCompleted)
        {
            await Task.WhenAny(verdict, Task.Delay(patience ?? s_usual, ct));
            ct.ThrowIfCancellationRequested();
        }
        return verdict.IsCompleted ? await verdict : null;
    }

    private Task<SoundnessVerdict> Queue(SoundnessQuestion asked)
    {
        lock (_queue)
        {
            Task<SoundnessVerdict> next = WorkOutAsync(_last, asked);
            _last = next;
            return next;
        }
    }

    private async Task<SoundnessVerdict> WorkOutAsync(Task before, SoundnessQuestion asked)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            return WorkflowSoundness.Of(asked.Definition, asked.Find, asked.Held is { } held ? held.Contains : null, bounds);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // Whoever approves it looks at it instead, and a second person does as well.
            return new SoundnessVerdict(SoundnessKind.Unknown, [], $"Nothing can be proved of this workflow: looking at it broke off ({broken.Message}).", new(0, 0));
        }
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

/// <summary>What a verdict is about.</summary>
/// <param name="Workflows">The published workflows that it refers to, by id.</param>
/// <param name="Held">The roles that somebody holds; null where nobody can be asked.</param>
public sealed record SoundnessQuestion(WorkflowDefinition Definition, IReadOnlyDictionary<string, WorkflowDefinition> Workflows, IReadOnlySet<string>? Held)
{
    public object? Find(string kind, string id) => kind == "workflow" ? Workflows.GetValueOrDefault(id) : null;

    public string Key() => string.Join('|',
    [
        DefinitionHash.Of(Definition),
        .. Workflows.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key} {x.Value.Version}"),
        .. (Held ?? new HashSet<string>()).Order(StringComparer.Ordinal),
    ]);
}
