namespace Assize.Host.Operations;

/// <summary>Host and, where it is embedded, the identity server beside it; disposing stops both, Host first.</summary>
internal sealed class RunningHost(WebApplication? identity, WebApplication host) : IAsyncDisposable
{
    public Task WaitForShutdownAsync() => host.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        if (identity is not null)
        {
            await identity.StopAsync();
            await identity.DisposeAsync();
        }
    }
}
