using Assize.Browser.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(WholeHost))]
[assembly: ClosesPages]
