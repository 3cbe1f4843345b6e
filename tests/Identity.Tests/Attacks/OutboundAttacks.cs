using System.Net;
using Assize.Identity.Federation.Outbound;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Addresses that somebody may type to make this server look at what only it can reach.</summary>
public sealed class OutboundAttacks
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:7f00:1::")]
    public void IsPublic_OfASpecialAddress_IsNo(string address) => Assert.False(SpecialAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("51.140.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2a00:1450:4009::1")]
    public void IsPublic_OfAnOrdinaryAddress_IsYes(string address) => Assert.True(SpecialAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://8.8.8.8/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[fe80::1%25lo]/")]
    [InlineData("https://name:password@8.8.8.8/")]
    [InlineData("file:///etc/hosts")]
    public async Task Fetch_OfAnAddressThatIsNotForStrangers_IsRefused(string address)
    {
        using HttpClient http = new(new GuardedHandler(new OutboundRules(AllowsLoopback: false, [], TimeSpan.FromSeconds(2))));

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => http.GetAsync(address, TestContext.Current.CancellationToken));

        Assert.True(refused is OutboundRefusedException || refused.InnerException is OutboundRefusedException || refused is NotSupportedException, refused.ToString());
    }
}
