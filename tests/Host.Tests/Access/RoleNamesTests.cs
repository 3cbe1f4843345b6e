using Assize.Host.Components;
using Assize.Identity.Directory;
using Assize.Workflows.Access;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>The two applications share nothing but names; a role that only one of them knows could not be given, or would open nothing.</summary>
public sealed class RoleNamesTests
{
    [Fact]
    public void Roles_OfBothApplications_AreTheSame()
    {
        var given = RoleCatalogue.All.Select(role => role.Role);

        Assert.Equal(Roles.Known.Order(), given.Order());
        Assert.All(RoleCatalogue.All, role => Assert.NotEqual(role.Role, Words.Role(role.Role)));
    }
}
