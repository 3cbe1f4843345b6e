using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;
using Xunit;
using Xunit.v3;

namespace Assize.Browser.Tests;

/// <summary>Closes what a test opened as soon as it is over: Studio would go on drawing and asking beside all the others.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClosesPagesAttribute : BeforeAfterTestAttribute
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> s_open = [];

    public static void Opened(IBrowserContext context) => s_open.GetOrAdd(TestContext.Current.Test!.UniqueID, _ => []).Add(context);

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (s_open.TryRemove(test.UniqueID, out var opened))
        {
            Task.WhenAll(opened.Select(context => context.CloseAsync())).GetAwaiter().GetResult();
        }
    }
}
