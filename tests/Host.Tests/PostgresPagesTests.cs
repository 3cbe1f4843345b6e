using System.Net;
using Assize.Host.Tests.Access;
using Xunit;

namespace Assize.Host.Tests;

/// <summary>The whole host on PostgreSQL, with one running case.</summary>
public sealed class PostgresHost : HostFixture
{
    protected override bool IsOnPostgres => true;
}

/// <summary>What other tests open on SQLite is asked of PostgreSQL too: not each query that one of them takes is taken by the other.</summary>
public sealed class PostgresPagesTests(PostgresHost host) : IClassFixture<PostgresHost>
{
    private static readonly string[] s_readers = [Cast.CaseBuilder, Cast.Lawyer, Cast.ProcessOwner, Cast.AgencyAdmin, Cast.PrivacyOfficer, Cast.PlatformAdmin];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRoute_ThatReads_IsAnswered_OnPostgres()
    {
        List<string> failed = [];
        var opened = 0;
        foreach (var route in (await HostRoutes.OfAsync(host.Host.Services)).Where(route => route.Method == "GET"))
        {
            var path = HostRoutes.Fill(route.Pattern, Value);
            foreach (var reader in s_readers)
            {
                using var client = host.Client(reader);
                using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Stop);
                opened += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
                failed.AddRange(answer.StatusCode == HttpStatusCode.InternalServerError ? [$"GET {path} as {reader}"] : []);
            }
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
        Assert.True(opened > 200, $"Expected pages to be opened, but there were only {opened}.");
    }

    private string Value(string name) => name switch
    {
        "urn" => host.Urn,
        "definitionId" or "workflow" => "mags-charged",
        "version" or "from" or "to" or "recorded" or "entry" => "1",
        _ => "none",
    };
}
