using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Xunit;

namespace Assize.Architecture.Tests;

/// <summary>A changed model comes with its migration, on both providers.</summary>
public sealed class MigrationTests
{
    private static readonly Type[] s_types = [.. House.Assemblies.SelectMany(assembly => assembly.GetTypes())];

    /// <summary>Every context of a provider, by name: those that no other one stands on.</summary>
    public static TheoryData<string> Contexts => new(s_types
        .Where(type => type.IsSubclassOf(typeof(DbContext)) && !Array.Exists(s_types, other => other.BaseType == type)).Select(type => type.FullName!));

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Contexts_HaveAMigrationForEveryChangeOfTheirModel(string name)
    {
        Type wanted = typeof(IDesignTimeDbContextFactory<>).MakeGenericType(s_types.Single(type => type.FullName == name));
        Type factory = Assert.Single(s_types, type => type.GetInterfaces().Contains(wanted));

        using DbContext db = (DbContext)wanted.GetMethod("CreateDbContext")!.Invoke(Activator.CreateInstance(factory, nonPublic: true), [Array.Empty<string>()])!;

        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), $"Expected {name} to have a migration for every change of its model, but one is missing: docs/recipes/change-the-schema.md.");
    }

    [Fact]
    public void Contexts_AreOnBothProviders() => Assert.Equal(
        ["Assize.Host.Operations.Storage.PostgresHostDb", "Assize.Host.Operations.Storage.SqliteHostDb", "Assize.Identity.Storage.PostgreSqlIdentityDb",
         "Assize.Identity.Storage.SqliteIdentityDb", "Assize.Workflows.Storage.PostgresCaseDb", "Assize.Workflows.Storage.SqliteCaseDb"],
        Contexts.Select(context => context.Data).Order(StringComparer.Ordinal));
}
