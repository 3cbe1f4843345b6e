using System.Security.Claims;
using Assize.Host.Access;
using Microsoft.AspNetCore.Authentication;
using Xunit;

namespace Assize.Host.Tests.Access;

public sealed class BearerCacheTests
{
    private static readonly AuthenticationTicket s_ticket = new(new ClaimsPrincipal(), "tests");

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task Yes_IsBelievedForFiveSeconds_HoweverTheClockIsPutMeanwhile(int jump)
    {
        BearerCache cache = new();
        HandSetClock clock = new();
        int asked = 0;
        await cache.GetAsync("token", clock, YesAsync);

        clock.Now = clock.Now.AddSeconds(jump);
        clock.Passed = TimeSpan.FromSeconds(4.9);
        AuthenticationTicket? before = await cache.GetAsync("token", clock, NoAsync);
        clock.Passed = TimeSpan.FromSeconds(5);
        AuthenticationTicket? after = await cache.GetAsync("token", clock, NoAsync);

        Assert.Equal((s_ticket, null, 1), (before, after, asked));

        Task<AuthenticationTicket?> YesAsync() => Task.FromResult<AuthenticationTicket?>(s_ticket);
        Task<AuthenticationTicket?> NoAsync()
        {
            asked++;
            return Task.FromResult<AuthenticationTicket?>(null);
        }
    }

    /// <summary>The time of day, which is put forward and back, and what has really passed.</summary>
    private sealed class HandSetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now + Passed;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
