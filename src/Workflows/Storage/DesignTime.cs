using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Assize.Workflows.Storage;

/// <summary>For <c>dotnet ef</c> only: the model without a database behind it.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCaseDb>
{
    public SqliteCaseDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCaseDb>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For <c>dotnet ef</c> only: the model without a database behind it.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCaseDb>
{
    public PostgresCaseDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresCaseDb>().UseNpgsql("Host=localhost").Options);
}
