using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>One thing that somebody might try. It tells whether they got what they wanted.</summary>
/// <param name="Without">The server on which it succeeds, which proves that the defence is what stops it and that the test would see it.</param>
public sealed record Attack(string Name, Defences Without, Func<RunningServer, Task<bool>> Succeeds);

public sealed class AttackTests(AttackServers servers) : IClassFixture<AttackServers>
{
    private static readonly Dictionary<string, Attack> s_attacks = AuthorizeAttacks.All.Concat(TokenAttacks.All).Concat(AssertionAttacks.All).Concat(WebAttacks.All)
        .ToDictionary(attack => attack.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. s_attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attack_OnTheWholeServer_Fails(string name)
    {
        // A flood would hold up the others on their server.
        Attack attack = s_attacks[name];
        RunningServer whole = await servers.GetAsync(attack.Without == Defences.NoLimits ? Defences.AllAndLimits : Defences.All);
        Assert.False(await attack.Succeeds(whole), $"Expected “{name}” to fail, but it succeeded.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attack_WhereItsDefenceIsGone_Succeeds(string name)
    {
        Attack attack = s_attacks[name];
        Assert.True(await attack.Succeeds(await servers.GetAsync(attack.Without)), $"Expected “{name}” to succeed without its defence, but it failed: the test would not notice if the defence went.");
    }
}
