using System.Collections.Concurrent;
using System.Threading.Channels;
using Assize.Host.Operations;
using Assize.Workflows.Drafting;

namespace Assize.Host.Designer;

/// <summary>Verifies a draft once nobody has saved it for a moment, so that its verdict is known when its publication is asked for.</summary>
/// <param name="verify">Whatever it finds is kept where verdicts are.</param>
/// <param name="still">How long a draft must have stood as it is.</param>
internal sealed class VerdictAhead(Func<WorkflowDraft, CancellationToken, Task> verify, TimeSpan still, ILogger<VerdictAhead> log) : BackgroundService
{
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, int> _newest = new();
    private readonly Channel<WorkflowDraft> _saved = Channel.CreateBounded<WorkflowDraft>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Saved(WorkflowDraft draft)
    {
        _newest[draft.DefinitionId] = draft.Revision;
        _saved.Writer.TryWrite(draft);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var draft in _saved.Reader.ReadAllAsync(stoppingToken))
        {
            if (!IsNewest(draft))
            {
                continue;
            }

            await Task.Delay(still, stoppingToken);
            if (IsNewest(draft))
            {
                await VerifyAsync(draft, stoppingToken);
            }
        }
    }

    private bool IsNewest(WorkflowDraft draft) => _newest.TryGetValue(draft.DefinitionId, out var revision) && revision == draft.Revision;

    private async Task VerifyAsync(WorkflowDraft draft, CancellationToken ct)
    {
        try
        {
            await verify(draft, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whoever asks for the publication is told what is wrong with the draft.
            Log.JobFailed(log, nameof(VerdictAhead), failure);
        }
    }
}
