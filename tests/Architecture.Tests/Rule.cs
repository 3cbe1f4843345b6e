using Xunit;

namespace Assize.Architecture.Tests;

/// <summary>Fails with every breach of a rule, not only the first.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string?> breaches)
    {
        var all = breaches.ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"Expected no breach of this rule, but there are {all.Count}:\n{string.Join('\n', all)}");
        }
    }
}
