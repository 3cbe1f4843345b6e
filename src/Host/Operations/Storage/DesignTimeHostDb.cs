using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Assize.Host.Operations.Storage;

/// <summary>Lets <c>dotnet ef</c> make SQLite's migrations without a running host.</summary>
public sealed class DesignTimeSqliteHostDb : IDesignTimeDbContextFactory<SqliteHostDb>
{
    public SqliteHostDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteHostDb>().UseSqlite("Data Source=design.db").Options);
}

/// <summary>Lets <c>dotnet ef</c> make PostgreSQL's migrations without a running host.</summary>
public sealed class DesignTimePostgresHostDb : IDesignTimeDbContextFactory<PostgresHostDb>
{
    public PostgresHostDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresHostDb>().UseNpgsql("Host=localhost").Options);
}
