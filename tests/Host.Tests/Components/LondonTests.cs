using Assize.Host.Queries;
using Xunit;

namespace Assize.Host.Tests.Components;

public sealed class LondonTests
{
    [Theory]
    [InlineData("2026-12-20T00:00:00Z", "19 December 2026")]
    [InlineData("2026-06-20T23:00:00Z", "20 June 2026")]
    [InlineData("2026-06-20T22:59:00Z", "20 June 2026 at 11:59pm")]
    public void Until_SaysTheLastDay_OrTheInstant(string end, string said) =>
        Assert.Equal(said, London.Until(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture)));
}
