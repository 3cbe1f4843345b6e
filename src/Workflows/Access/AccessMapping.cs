using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

public static class AccessMapping
{
    public static void Configure(ModelBuilder model)
    {
        DirectoryMapping.Configure(model);
        GrantMapping.Configure(model);
    }
}
