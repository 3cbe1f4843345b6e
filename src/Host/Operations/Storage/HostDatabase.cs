using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Operations.Storage;

public static class HostDatabase
{
    // Apart from that of the case database, which shares the file or server.
    private const string HistoryTable = "host_migrations";

    public static IServiceCollection AddHostDatabase(this IServiceCollection services, HostSettings settings)
    {
        if (settings.UsesPostgres)
        {
            services.AddDbContext<PostgresHostDb>(db => db.UseNpgsql(settings.CaseConnection, npgsql => npgsql.MigrationsHistoryTable(HistoryTable)));
            services.AddScoped<HostDb>(provider => provider.GetRequiredService<PostgresHostDb>());
        }
        else
        {
            services.AddDbContext<SqliteHostDb>(db => db.UseSqlite(settings.CaseConnection, sqlite => sqlite.MigrationsHistoryTable(HistoryTable)));
            services.AddScoped<HostDb>(provider => provider.GetRequiredService<SqliteHostDb>());
        }

        // Keys from before there was a certificate stand unencrypted and are read as they are; new ones are encrypted.
        services.AddDataProtection().SetApplicationName("assize-host").PersistKeysToDbContext<HostDb>()
            .ProtectKeysWithCertificate(KeyProtection.Certificate(settings));
        return services;
    }

    /// <summary>Brings this context's tables up to date; EF Core takes the database's own migration lock.</summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<HostDb>().Database.MigrateAsync(ct);
    }
}
