using System.Net;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Administration;

/// <summary>What is personal of somebody who left goes, by two administrators, and the log's chains hold.</summary>
public sealed class ErasureTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "Philippa", "Farthingale")]
    [InlineData(DatabaseKind.Postgres, "Philomena", "Winterbourne")]
    public async Task Erasure_LeavesNoNameInAnyTable_AndTheChainsWhole(DatabaseKind kind, string first, string last)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await LeaverAsync(server, first, last);
        await server.SendAsync(Carol, "POST", "/teams", new { name = $"Friends of {last} {kind}", reason = $"{first} asked for one." }, $"team-{kind}");
        await SealAsync(server);
        (HttpStatusCode asked, JsonObject request) = await server.SendAsync(Carol, "POST", $"/people/{person}/erasure", new { reason = Reason });
        string path = $"/erasures/{request["id"]}/decision";

        (_, JsonObject alone) = await server.SendAsync(Carol, "POST", path, new { decide = "approve", reason = Reason });
        (_, JsonObject named) = await server.SendAsync(Imran, "POST", path, new { decide = "approve", reason = $"Mrs {last} asked for it." });
        JsonObject done = await server.DoAsync(Imran, "POST", path, new { decide = "approve", reason = Reason });

        Assert.Equal((HttpStatusCode.Accepted, "same_person", "approved", "[erased]"), (asked, (string)alone["code"]!, (string)done["status"]!, (string)done["name"]!));
        Assert.Equal("names_person", (string)named["code"]!);
        Assert.NotNull(named["errors"]!["reason"]);
        Assert.Equal(["team.Name"], await ColumnsAsync(server, last));
        Assert.Empty(await ColumnsAsync(server, first));
        await SealAsync(server);
        Verification log = await VerifyAsync(server);
        Assert.True(log.Holds, string.Join(' ', log.Findings.Select(finding => finding.Message)));
        Assert.True(log.Erased.Count >= 3, $"Expected the records that named the person among the erased, but they are {string.Join(", ", log.Erased)}.");
    }

    [Fact]
    public async Task Erasure_OfWhoeverIsStillHere_OrWhileItWaits_OrByWhoeverIsNoAdminAnyMore_IsRefused()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string here = await server.PersonAsync(Police), gone = await LeaverAsync(server, "Quentin", "Underhill"), asker = await server.PersonAsync(Police, ["agency-admin"]);

        (_, JsonObject early) = await server.SendAsync(Carol, "POST", $"/people/{here}/erasure", new { reason = Reason });
        (_, JsonObject asked) = await server.SendAsync(asker, "POST", $"/people/{gone}/erasure", new { reason = Reason });
        (_, JsonObject twice) = await server.SendAsync(Carol, "POST", $"/people/{gone}/erasure", new { reason = Reason });
        await server.WithAsync<DirectoryWriter>(directory => directory.ReplaceRolesAsync(asker, [], Stop));
        (_, JsonObject lapsed) = await server.SendAsync(Imran, "POST", $"/erasures/{asked["id"]}/decision", new { decide = "approve", reason = Reason });

        Assert.Equal(("not_left", "asked", "asker_not_entitled"), ((string)early["code"]!, (string)twice["code"]!, (string)lapsed["code"]!));
        Assert.Equal("Quentin Underhill", await server.ReadAsync(db => db.Accounts.Where(account => account.Subject == gone).Select(account => account.Name).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Erasure_OfANameThatIsAWord_LeavesWhatIsSaidOfOtherThings()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string person = await LeaverAsync(server, "Grace", "May");
        await server.DoAsync(Carol, "POST", $"/people/{await server.PersonAsync(Police)}/status", new { status = "suspended", reason = "Away until 3 May, by the grace of the court." });
        (_, JsonObject asked) = await server.SendAsync(Carol, "POST", $"/people/{person}/erasure", new { reason = Reason });

        await server.DoAsync(Imran, "POST", $"/erasures/{asked["id"]}/decision", new { decide = "approve", reason = Reason });

        string[] said = await server.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Said != null).Select(entry => entry.Said!).ToArrayAsync(Stop));
        Assert.Contains(said, text => text.Contains("until 3 May", StringComparison.Ordinal));
        Assert.DoesNotContain(said, text => text.Contains("Grace May", StringComparison.Ordinal) || text.Contains("MAY has", StringComparison.Ordinal));
    }

    private static async Task<string> LeaverAsync(AdminServer server, string first, string last)
    {
        JsonObject invited = await server.DoAsync(Carol, "POST", "/people", new
        {
            name = $"{first} {last}",
            userName = $"{first}.{last}".ToLowerInvariant(),
            externalId = $"{last}-4711",
            title = $"Secretary to {last}",
            email = $"{first}@{last}.example",
            reason = $"{first} {last} begins on Monday.",
        });
        string subject = (string)invited["subject"]!;
        await server.DoAsync(Carol, "POST", $"/people/{subject}/status", new { status = "left", reason = $"{last.ToUpperInvariant()} has moved away." });
        return subject;
    }

    private static async Task SealAsync(AdminServer server)
    {
        await server.WithAsync<AuditSealer>(sealer => sealer.SealAsync(Stop));
        await server.ReadAsync(db => db.Set<AuditStream>().ExecuteUpdateAsync(set => set.SetProperty(stream => stream.RootedAt, (DateTimeOffset?)null), Stop));
        await server.WithAsync<AuditSealer>(sealer => sealer.SignAsync(Stop));
    }

    private static async Task<Verification> VerifyAsync(AdminServer server)
    {
        await using StringWriter written = new();
        string roots = "";
        await server.WithAsync<AuditExport>(async export =>
        {
            await export.WriteAsync(Police, written, Stop);
            roots = await export.RootsAsync(Police, null, Stop);
        });
        using StringReader reader = new(written.ToString());
        return await Verifier.RunAsync(reader, new RootBook([roots], []), Stop);
    }

    // Every text of every table.
    private static Task<List<string>> ColumnsAsync(AdminServer server, string name) => server.ReadAsync(async db =>
    {
        List<string> found = [];
        foreach (IEntityType type in db.Model.GetEntityTypes())
        {
            foreach (IProperty text in type.GetProperties().Where(property => property.ClrType == typeof(string)))
            {
                string sql = $"SELECT COUNT(*) AS \"Value\" FROM \"{type.GetTableName()}\" WHERE LOWER(\"{text.GetColumnName()}\") LIKE {{0}}";
                if (await db.Database.SqlQueryRaw<long>(sql, $"%{name.ToLowerInvariant()}%").SingleAsync(Stop) > 0)
                {
                    found.Add($"{type.GetTableName()}.{text.GetColumnName()}");
                }
            }
        }
        return found;
    });
}
