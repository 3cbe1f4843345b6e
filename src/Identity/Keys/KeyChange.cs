using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Assize.Identity.Keys;

/// <summary>Tells one kind of options that the keys are others. One for each kind, since their order matters.</summary>
internal sealed class KeyChange<TOptions> : IOptionsChangeTokenSource<TOptions>, IDisposable
{
    private CancellationTokenSource _changed = new();

    public string? Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    public void Fire()
    {
        using CancellationTokenSource before = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        before.Cancel();
    }

    public void Dispose() => _changed.Dispose();
}
