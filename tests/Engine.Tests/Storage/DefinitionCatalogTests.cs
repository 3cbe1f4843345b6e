using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Assize.Engine.Tests.Commands;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Engine.Tests.Storage;

public sealed class DefinitionCatalogTests
{
    [Fact]
    public async Task Publish_SameNumber_IsTheSameTextOrRefused()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        string text = DefinitionWriter.Write(Flows.TwoTasks);
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using CaseDb db = unit.Open();

        PublishAnswer first = await DefinitionCatalog.PublishAsync(db, text, "test", unit.Now, ct);
        PublishAnswer again = await DefinitionCatalog.PublishAsync(db, text, "test", unit.Now, ct);
        PublishAnswer other = await DefinitionCatalog.PublishAsync(db, text.Replace("second", "third", StringComparison.Ordinal), "test", unit.Now, ct);

        Assert.Equal((true, null, false, null), (first.IsNew, first.Refusal, again.IsNew, again.Refusal));
        Assert.Contains(first.Hash, other.Refusal);
        Assert.Contains(other.Hash, other.Refusal);
        Assert.Equal(text, Assert.Single(await unit.RowsAsync<DefinitionRow>()).Text);
        Assert.Same(await unit.Catalog.FindAsync(db, "two-tasks", 1, ct), await unit.Catalog.FindAsync(db, "two-tasks", 1, ct));
        Assert.Null(await unit.Catalog.FindAsync(db, "two-tasks", 2, ct));
    }
}
