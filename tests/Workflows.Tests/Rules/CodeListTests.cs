using System.Text.Json.Nodes;
using Assize.TestKit.Databases;
using Assize.Workflows.Drafting;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Rules;

public sealed class CodeListTests
{
    private const string Gender = "list:gender";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_published_list_takes_the_place_of_ours_from_its_first_legal_day(DatabaseKind kind)
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(kind);
        ReferenceStore other = new();
        await using CaseDb db = world.Context();
        Assert.NotNull((await other.CurrentAsync(db, Stop)).Find("gender", "9"));

        await world.PublishAsync(List("2026-03-01", ("0", "Not known"), ("7", "Invented")), Gender);

        ReferenceData before = await other.CurrentAsync(db, Stop, new DateOnly(2026, 2, 28)), after = await other.CurrentAsync(db, Stop, new DateOnly(2026, 3, 1));
        Assert.Equal(("Not specified", null), (before.Find("gender", "9")?.Text("description"), before.Find("gender", "7")));
        Assert.Equal((null, "Invented"), (after.Find("gender", "9"), after.Find("gender", "7")?.Text("description")));
        Assert.NotNull(after.Find("court", "B05PK00"));
    }

    [Fact]
    public async Task A_code_without_a_detail_that_all_have_and_one_twice_for_a_day_are_refused_by_row()
    {
        await using RuleWorld world = await RuleWorld.OpenAsync(DatabaseKind.Sqlite);
        JsonObject bare = List("2026-03-01", ("0", "Not known"), ("7", "Invented")), twice = List("2026-03-01", ("0", "Not known"), ("0", "Unknown"));
        bare["items"]![1]!.AsObject().Remove("details");

        DraftRefused undescribed = Assert.IsType<DraftRefused>(await world.AskAsync(bare, Gender)), repeated = Assert.IsType<DraftRefused>(await world.AskAsync(twice, Gender));

        Assert.Contains("Code 2 “7”, description: Fill it in", Assert.Single(undescribed.Problems).Message, StringComparison.Ordinal);
        Assert.Contains("Expected code '0' once for each day", Assert.Single(repeated.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_commas_is_read_by_its_columns_and_what_is_none_names_the_line()
    {
        JsonArray read = CodeListTable.Read("code,from,to,description,months\r\n1,2026-01-01,,\"Long, or \"\"short\"\"\",6\n\n2,31/2/2026,,Other,\n", [new JsonObject { ["months"] = 3 }]);

        Assert.Equal("""[{"code":"1","from":"2026-01-01","details":{"description":"Long, or \"short\"","months":6}},{"code":"2","from":"31/2/2026","details":{"description":"Other"}}]""",
            read.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Contains("Line 3: expected 2 values", Assert.Throws<InvalidDataException>(() => CodeListTable.Read("code,description\n1,One\n2,Two,Three\n", [])).Message, StringComparison.Ordinal);
        Assert.Contains("Line 2: expected the quotation mark to be closed", Assert.Throws<InvalidDataException>(() => CodeListTable.Read("code,description\n1,\"One\n", [])).Message, StringComparison.Ordinal);
        Assert.Contains("“code” among them", Assert.Throws<InvalidDataException>(() => CodeListTable.Read("name\nOne\n", [])).Message, StringComparison.Ordinal);
    }

    internal static JsonObject List(string? from, params (string Code, string Description)[] codes) => new()
    {
        ["title"] = new JsonObject { ["en"] = "Gender" },
        ["legalReference"] = "Invented data standard 7",
        ["effectiveFrom"] = from,
        ["items"] = new JsonArray([.. codes.Select(x => new JsonObject { ["code"] = x.Code, ["details"] = new JsonObject { ["description"] = x.Description } })]),
    };
}
