using Xunit;

namespace Assize.TestKit;

/// <summary>A program that some tests need and a machine may lack.</summary>
public static class Component
{
    /// <summary>Returns what was found; without it the test is skipped by name, or fails where <c>CI</c> is <c>true</c>.</summary>
    public static string Require(string component, string? found)
    {
        if (found is not null)
        {
            return found;
        }

        var reason = $"Expected the component '{component}' on this machine, but it is not installed.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
        return "";
    }
}
