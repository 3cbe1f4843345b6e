using Assize.TestKit.Databases;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Operations;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Drafting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rules;

public sealed class UploadCodeListTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_second_table_while_the_first_waits_is_refused_and_not_dropped_in_silence(DatabaseKind kind)
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(kind);

        (TrackedOperation? first, _, _) = await UploadAsync(world, "code\nA\n");
        (TrackedOperation? same, _, _) = await UploadAsync(world, "code\nA\n");
        (TrackedOperation? other, string? code, string? refusal) = await UploadAsync(world, "code\nB\n");

        Assert.Equal((first!.Id, null, "upload-waits"), (same!.Id, other, code));
        Assert.Contains("Yours was not taken", refusal, StringComparison.Ordinal);
        await using CaseDb db = world.Context();
        Assert.Equal(1, await db.Operations.CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(TrackedOperation?, string?, string?)> UploadAsync(RightsWorld world, string table)
    {
        await using CaseDb db = world.Context();
        return await new UploadCodeList(world.Rights, TimeProvider.System).RunAsync(
            db, RightsWorld.Caller("polly"), RuleName.Parse("list:court")!, null, table, TestContext.Current.CancellationToken);
    }
}
