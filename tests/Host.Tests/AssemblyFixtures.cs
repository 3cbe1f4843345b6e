using Assize.Host.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(HostFixture))]
