using System.Net;
using System.Reflection;
using Xunit.v3;

namespace Assize.Host.Tests.Coverage;

/// <summary>
/// Says which of a page's five tests this test is. After the test it is checked that the page, named by its route, was asked through
/// <see cref="HostFixture.Client"/> and answered as the case says. A theory may declare several pages; each of its rows then opens one of them at least.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TestsPageAttribute(string page, params PageCase[] cases) : BeforeAfterTestAttribute
{
    public string Page => page;

    public IReadOnlyList<PageCase> Cases => cases;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var visits = Visits.Of(test);
        if (!visits.Any(visit => visit.IsOf(page)) && IsOtherRow(methodUnderTest, visits))
        {
            return;
        }

        foreach (var owed in cases)
        {
            if (!visits.Any(visit => visit.IsOf(page) && Fits(owed, visit.Status)))
            {
                throw new InvalidOperationException(
                    $"Expected this test to open {page} and to be answered as {owed} says, but it asked for {string.Join(", ", visits.DefaultIfEmpty())}.");
            }
        }
    }

    private static bool IsOtherRow(MethodInfo method, IReadOnlyList<Visit> visits) => method.GetParameters().Length > 0
        && method.GetCustomAttributes<TestsPageAttribute>().Any(other => visits.Any(visit => visit.IsOf(other.Page)));

    private static bool Fits(PageCase owed, HttpStatusCode status) => owed switch
    {
        PageCase.NoRole => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
        PageCase.WrongRole => status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict,
        PageCase.UnknownId => status is HttpStatusCode.NotFound,
        PageCase.WrongState => status < HttpStatusCode.InternalServerError,
        _ => status is HttpStatusCode.OK or HttpStatusCode.Found or HttpStatusCode.SeeOther,
    };
}
