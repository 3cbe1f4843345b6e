using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Storage;

internal static class IdentityDatabase
{
    public static void AddIdentityDb(this IServiceCollection services, IdentitySettings settings)
    {
        if (settings.Database is { } connection)
        {
            services.AddDbContext<IdentityDb, PostgreSqlIdentityDb>(options => options.UseNpgsql(connection));
        }
        else
        {
            string path = Path.Combine(settings.DataFolder, "identity.db");
            services.AddDbContext<IdentityDb, SqliteIdentityDb>(options => options.UseSqlite($"Data Source={path};Default Timeout=30"));
        }
    }
}
