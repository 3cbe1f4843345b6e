using Assize.Identity.Federation;
using Xunit;

namespace Assize.Identity.Tests.Federation;

public sealed class AssuranceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2", null, 1)]
    [InlineData("urn:kent:two-factors", null, 2)]
    [InlineData("URN:kent:two-factors", null, 1)]
    [InlineData(null, "mfa", 2)]
    [InlineData(null, "pwd", 1)]
    [InlineData("mfa", null, 1)]
    [InlineData(null, null, 1)]
    public void Acr_IsTwo_OnlyWhereARowSaysSo(string? acr, string? amr, int expected)
    {
        Arrival arrival = new("kent", "issuer", "subject", null, null) { Contexts = ["c2"], Acr = acr, Amr = amr is null ? [] : [amr] };
        UpstreamAssurance[] rows = [Row("acr", "urn:kent:two-factors"), Row("amr", "mfa"), Row("acrs", "c1"), Row("email", "2")];

        Assert.Equal(expected, Assurance.Acr(arrival, rows));
    }

    [Fact]
    public void AuthenticatedAt_OfTheFuture_OrUnsaid_IsTwoHoursOld()
    {
        Assert.Equal(s_now.AddHours(-2), Assurance.AuthenticatedAt(null, s_now));
        Assert.Equal(s_now.AddHours(-2), Assurance.AuthenticatedAt(s_now.AddHours(1), s_now));
    }

    [Fact]
    public void AuthenticatedAt_ThatIsBelievable_IsKept()
    {
        Assert.Equal(s_now.AddHours(-30), Assurance.AuthenticatedAt(s_now.AddHours(-30), s_now));
        Assert.Equal(s_now, Assurance.AuthenticatedAt(s_now.AddMinutes(1), s_now));
    }

    private static UpstreamAssurance Row(string claim, string value) => new() { UpstreamId = "kent", Claim = claim, Value = value };
}
