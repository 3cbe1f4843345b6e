using Assize.Engine.Commands;
using Npgsql;

namespace Assize.Host.Operations;

/// <summary>Says that somewhere an instance took a step, so that who waits for one looks at once. On PostgreSQL the hosts tell each other.</summary>
/// <remarks>A hint that gets lost costs a moment: whoever waits looks again anyway. It is told after the commit, and ten times a second at the most.</remarks>
public sealed class StepHints(UnitRunner runner, HostSettings settings, ILogger<StepHints> log) : BackgroundService
{
    private const string Channel = "assize_step";
    private static readonly TimeSpan s_atMostEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _own = new(0, 1);
    private TaskCompletionSource _came = New();

    /// <summary>Ends with the next hint. Taken before one looks, so that no hint falls between looking and waiting.</summary>
    public Task Next => Volatile.Read(ref _came).Task;

    /// <summary>Until the hint comes or the time is up, though never at once: steps come in crowds.</summary>
    public static async Task WaitAsync(Task hint, TimeSpan longest, CancellationToken ct)
    {
        await Task.Delay(s_atMostEvery, ct);
        await Task.WhenAny(hint, Task.Delay(longest - s_atMostEvery, ct));
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        runner.Advanced += Told;
        return settings.UsesPostgres ? base.StartAsync(cancellationToken) : Task.CompletedTask;
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        runner.Advanced -= Told;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var both = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                Task[] talk = [ListenAsync(both.Token), TellAsync(both.Token)];
                var first = await Task.WhenAny(talk);
                await both.CancelAsync();
                await first;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.JobFailed(log, nameof(StepHints), failure);
                await Task.Delay(s_again, stoppingToken);
            }
        }
    }

    private void Told()
    {
        Came();
        if (settings.UsesPostgres && _own.CurrentCount == 0)
        {
            try
            {
                _own.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another step released it first: one hint stands for both.
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(settings.Database);
        await connection.OpenAsync(ct);
        connection.Notification += (_, _) => Came();
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private async Task TellAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(settings.Database);
        await connection.OpenAsync(ct);
        await using var notify = new NpgsqlCommand($"NOTIFY {Channel}", connection);
        while (true)
        {
            await _own.WaitAsync(ct);
            await notify.ExecuteNonQueryAsync(ct);
            await Task.Delay(s_atMostEvery, ct);
        }
    }

    private void Came() => Interlocked.Exchange(ref _came, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
