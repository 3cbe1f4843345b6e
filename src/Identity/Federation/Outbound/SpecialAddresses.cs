using System.Net;
using System.Net.Sockets;

namespace Assize.Identity.Federation.Outbound;

/// <summary>Addresses that are not the public internet's: IANA's special-purpose registries, and what embeds them.</summary>
internal static class SpecialAddresses
{
    private static readonly IPNetwork[] s_special =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(IPNetwork.Parse),
    ];

    // Of IPv6 only global unicast is public, less what stands for IPv4 (6to4, Teredo), documentation and protocol use.
    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] s_notGlobal = [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse)];

    public static bool IsPublic(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !s_special.Any(network => network.Contains(plain)),
            AddressFamily.InterNetworkV6 => s_global.Contains(plain) && !s_notGlobal.Any(network => network.Contains(plain)) && plain.ScopeId == 0,
            _ => false,
        };
    }

    /// <summary>Only in a demonstration that asked for it; an address that merely maps to loopback counts as well.</summary>
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
