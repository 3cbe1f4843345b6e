using System.Threading.Channels;
using Assize.Host.Designer;
using Assize.Workflows.Drafting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class VerdictAheadTests
{
    private readonly Channel<(string Id, int Revision)> _verified = Channel.CreateUnbounded<(string, int)>();

    [Fact]
    public async Task Draft_IsVerifiedAsItStandsInTheEnd_AndOnce()
    {
        using var ahead = Ahead(TimeSpan.FromMilliseconds(300));
        await ahead.StartAsync(TestContext.Current.CancellationToken);

        ahead.Saved(Draft("one", 1));
        ahead.Saved(Draft("one", 2));
        ahead.Saved(Draft("one", 3));
        ahead.Saved(Draft("other", 1));

        Assert.Equal(("one", 3), await NextAsync());
        Assert.Equal(("other", 1), await NextAsync());
        await ahead.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(_verified.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Draft_ThatCannotBeVerified_KeepsNoOtherFromIt()
    {
        using var ahead = Ahead(TimeSpan.Zero);
        await ahead.StartAsync(TestContext.Current.CancellationToken);

        ahead.Saved(Draft("broken", 1));
        ahead.Saved(Draft("other", 1));

        Assert.Equal(("other", 1), await NextAsync());
        await ahead.StopAsync(TestContext.Current.CancellationToken);
    }

    private VerdictAhead Ahead(TimeSpan still) => new(
        (draft, ct) => draft.DefinitionId == "broken" ? throw new InvalidOperationException("broken") : _verified.Writer.WriteAsync((draft.DefinitionId, draft.Revision), ct).AsTask(),
        still, NullLogger<VerdictAhead>.Instance);

    private Task<(string Id, int Revision)> NextAsync() => _verified.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private static WorkflowDraft Draft(string id, int revision) => new()
    {
        DefinitionId = id,
        Version = 1,
        Revision = revision,
        Name = id,
        Text = "{}",
        Agency = "court",
        StartedAt = DateTimeOffset.UnixEpoch,
        SavedBy = "polly",
        SavedByName = "Polly",
        SavedAt = DateTimeOffset.UnixEpoch,
    };
}
