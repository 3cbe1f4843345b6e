using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Host.Demonstration;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Api;

/// <summary>What a prosecutor's system may send by mistake or in malice, as Host answers it.</summary>
public sealed class BadProsecutionTests(HostFixture host)
{
    private const string Json = "application/json";
    private const string Xml = "application/xml";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, HttpStatusCode> Unreadable => new()
    {
        { Json, "", "message-empty", HttpStatusCode.BadRequest },
        { Json, "{\"prosecutionSubmissionDetails\":", "message-malformed", HttpStatusCode.BadRequest },
        { Json, "[]", "message-unknown", HttpStatusCode.UnprocessableEntity },
        { Json, "{\"defendants\":[]}", "prosecuting-authority-missing", HttpStatusCode.UnprocessableEntity },
        { Json, "{\"prosecutionSubmissionDetails\":{\"prosecutingAuthority\":\"0050000\"}}", "reference-missing", HttpStatusCode.UnprocessableEntity },
        { Json, Repeated("{\"a\":", 20_000), "message-too-deep", HttpStatusCode.BadRequest },
        { Json, "[" + Repeated("0,", 300_000) + "0]", "message-too-many-parts", HttpStatusCode.RequestEntityTooLarge },
        { Xml, "<NewCaseMessage>", "message-malformed", HttpStatusCode.BadRequest },
        { Xml, "<ResultedCaseMessage/>", "message-unknown", HttpStatusCode.UnprocessableEntity },
        { Xml, Repeated("<a>", 20_000), "message-too-deep", HttpStatusCode.BadRequest },
        { Xml, Bomb(), "document-type-refused", HttpStatusCode.BadRequest },
        { Xml, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", "document-type-refused", HttpStatusCode.BadRequest },
        { "text/plain", "A charge.", "media-type", HttpStatusCode.UnsupportedMediaType },
        { "application/vnd.hmcts.cjs.sjp-prosecution+json", "{}", "media-type-unsupported", HttpStatusCode.UnsupportedMediaType },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Post_OfWhatCannotBeRead_SaysWhy_AndKeepsNothing(string mediaType, string body, string code, HttpStatusCode status)
    {
        var before = await KeptAsync();
        using var client = host.Client(Cast.PoliceSystem);
        using var content = new StringContent(body, Encoding.UTF8, mediaType);

        using var answer = await client.PostAsync("/api/v1/prosecutions", content, Stop);

        Assert.Equal(status, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Equal(code, (string)problem["code"]!);
        Assert.Contains("Nothing was kept", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(before, await KeptAsync());
        using var live = await client.GetAsync("/health/live", Stop);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Theory]
    [InlineData(Json)]
    [InlineData(Xml)]
    public async Task Post_OfMoreThanIsTaken_IsTooLarge_WithOrWithoutASizeSaid(string mediaType)
    {
        using var client = host.Client(Cast.PoliceSystem);
        foreach (var chunked in (bool[])[false, true])
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendTooMuchAsync(client, mediaType, chunked));
        }
    }

    // The server answers and hangs up; the answer is lost to a client that was still writing, so it tries again.
    private static async Task<HttpStatusCode> SendTooMuchAsync(HttpClient client, string mediaType, bool chunked)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/prosecutions") { Content = new StringContent(new string(' ', 3 * 1024 * 1024), Encoding.UTF8, mediaType) };
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = !chunked;
            try
            {
                using var answer = await client.SendAsync(request, Stop);
                return answer.StatusCode;
            }
            catch (HttpRequestException cut) when (cut.InnerException is IOException && attempt < 5)
            {
                // Tried again.
            }
        }
    }

    [Theory]
    [InlineData("/surprise", "{\"a\":1}", "MEMBER_UNKNOWN", "warning")]
    [InlineData("/defendants/0/individual/nationality", "\"ZZZ\"", "DEFENDANT_NATIONALITY_INVALID", "error")]
    [InlineData("/defendants/0/individual/custodyStatus", "\"?\"", "DEFENDANT_CUSTODY_STATUS_INVALID", "error")]
    [InlineData("/defendants/0/individual/dateOfBirth", "\"1991-02-30\"", "DATE_INVALID", "error")]
    [InlineData("/defendants/0/offences/0/chargeDate", "\"tomorrow\"", "DATE_INVALID", "error")]
    [InlineData("/defendants/0/individual/gender", "\"male\"", "MEMBER_TYPE_INVALID", "error")]
    public async Task Post_OfWhatCanBeReadButIsWrong_IsKept_AndNamesFieldAndCode(string pointer, string value, string code, string severity)
    {
        var body = Charge();
        Set(body, pointer, JsonNode.Parse(value)!);
        using var client = host.Client(Cast.PoliceSystem);

        using var taken = await client.PostAsJsonAsync("/api/v1/prosecutions", body, Stop);

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var kept = (await client.GetFromJsonAsync<JsonNode>($"/api/v1/prosecutions/{(string)(await taken.Content.ReadFromJsonAsync<JsonNode>(Stop))!["id"]!}", Stop))!;
        var found = Assert.Single(kept["problems"]!.AsArray(), problem => (string)problem!["pointer"]! == pointer && (string)problem["code"]! == code)!;
        Assert.Equal(severity, (string)found["severity"]!);
        Assert.NotEmpty((string)found["message"]!);
        Assert.Equal(severity == "error" ? SubmissionState.Failed : SubmissionState.SuccessWithWarnings, (string)kept["state"]!);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("{}", HttpStatusCode.BadRequest, "corrections-missing")]
    [InlineData("""{"corrections":[{"value":1}]}""", HttpStatusCode.BadRequest, "corrections-missing")]
    [InlineData("""{"corrections":[],"surprise":1}""", HttpStatusCode.BadRequest, "json-unreadable")]
    [InlineData("""{"corrections":[{"pointer":"/defendants/0/individual/gender","value":2}]}""", HttpStatusCode.UnprocessableEntity, "corrections-refused")]
    public async Task Patch_ThatCorrectsNothingFaulty_ChangesNothing(string corrections, HttpStatusCode status, string code)
    {
        var body = Charge();
        Set(body, "/defendants/0/individual/dateOfBirth", JsonValue.Create("1991-02-30"));
        using var client = host.Client(Cast.PoliceSystem);
        using var taken = await client.PostAsJsonAsync("/api/v1/prosecutions", body, Stop);
        var address = $"/api/v1/prosecutions/{(string)(await taken.Content.ReadFromJsonAsync<JsonNode>(Stop))!["id"]!}";
        var before = await client.GetStringAsync(address, Stop);
        using var content = new StringContent(corrections, Encoding.UTF8, Json);

        using var answer = await client.PatchAsync(address, content, Stop);

        Assert.Equal((status, code), (answer.StatusCode, (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["code"]!));
        Assert.Equal(before, await client.GetStringAsync(address, Stop));
    }

    private static JsonObject Charge() => new ChargeMessage
    {
        Urn = $"05ZE{Random.Shared.Next(1000000, 9999999)}",
        Today = DateOnly.FromDateTime(DateTime.UtcNow),
        Defendants = [new ChargedPerson("Robin", "Tarn", new DateOnly(1990, 5, 4), 1, "4 Sandhills Lane", [new ChargedOffence("TH68010", "Bold Street, Liverpool", "Stole goods to the value of £40.")])],
    }.ToJson();

    private static void Set(JsonNode message, string pointer, JsonNode value)
    {
        string[] steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate(message, (node, step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        parent[steps[^1]] = value;
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Bomb()
    {
        var bomb = new StringBuilder("<!DOCTYPE z [<!ENTITY e0 'lol'>");
        for (var level = 1; level < 30; level++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"<!ENTITY e{level} '&e{level - 1};&e{level - 1};&e{level - 1};&e{level - 1};'>");
        }

        return bomb.Append("]><z>&e29;</z>").ToString();
    }

    private async Task<int> KeptAsync()
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        return await db.Set<Submission>().CountAsync(Stop);
    }
}
