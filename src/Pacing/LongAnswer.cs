namespace Assize.Pacing;

// An answer that is written for as long as there is something to write. Whether whoever reads it still may is asked again every two seconds, and an answer
// that takes longer than that is a no. Then the connection is cut, however much of it waits in buffers: what came is no whole file, and says so to whoever reads it.
internal static class LongAnswer
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(2);

    // The first question is the caller's, before anything is written.
    public static async Task WriteAsync(HttpContext http, TimeProvider clock, Func<CancellationToken, Task<bool>> mayStill, Func<CancellationToken, Task> write)
    {
        using CancellationTokenSource written = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        Task watching = WatchAsync(http, clock, mayStill, written.Token);
        try
        {
            await write(http.RequestAborted);
        }
        finally
        {
            await written.CancelAsync();
            await watching;
        }
    }

    private static async Task WatchAsync(HttpContext http, TimeProvider clock, Func<CancellationToken, Task<bool>> mayStill, CancellationToken ct)
    {
        using PeriodicTimer timer = new(s_every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct) && await mayStill(ct).WaitAsync(s_every, clock, ct))
            {
            }
            http.Abort();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It is written, or nobody reads it any more.
        }
        catch
        {
            // Whoever cannot be asked about has no yes.
            http.Abort();
            throw;
        }
    }
}
