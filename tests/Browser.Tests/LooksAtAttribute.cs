using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Xunit.v3;

namespace Assize.Browser.Tests;

/// <summary>
/// Says which pages, by their routes, a test has axe look at. After the test it is checked that it did: each of them, or one at the least in a row of a theory.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LooksAtAttribute(params string[] pages) : BeforeAfterTestAttribute
{
    public IReadOnlyList<string> Pages => pages;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var looked = Axe.LookedAt(test);
        var missed = pages.Where(page => !looked.Any(path => IsOf(page, path))).ToList();
        if (methodUnderTest.GetParameters().Length > 0 ? missed.Count == pages.Length : missed.Count > 0)
        {
            throw new InvalidOperationException($"Expected axe to look at {string.Join(", ", missed)}, but it looked at {string.Join(", ", looked.DefaultIfEmpty("nothing"))}.");
        }
    }

    private static bool IsOf(string page, string path) => new TemplateMatcher(TemplateParser.Parse(page), []).TryMatch(new PathString(path), []);
}
