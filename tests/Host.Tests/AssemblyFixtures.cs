using Assize.Host.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(HostFixture))]

// All share one host, and what one test publishes, even for a moment, is what the next case of another takes.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
