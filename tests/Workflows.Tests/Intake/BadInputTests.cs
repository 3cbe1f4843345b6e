using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Rules;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("", "message-empty", 400)]
    [InlineData("   \n", "message-empty", 400)]
    [InlineData("{", "message-malformed", 400)]
    [InlineData("{\"a\":1,}", "message-malformed", 400)]
    [InlineData("[1,2]", "message-unknown", 422)]
    [InlineData("\"text\"", "message-unknown", 422)]
    [InlineData("{}", "prosecuting-authority-missing", 422)]
    [InlineData("{\"prosecutionSubmissionDetails\":[]}", "prosecuting-authority-missing", 422)]
    [InlineData("{\"prosecutionSubmissionDetails\":{\"prosecutingAuthority\":7,\"urn\":\"X1\"}}", "prosecuting-authority-missing", 422)]
    [InlineData("{\"prosecutionSubmissionDetails\":{\"prosecutingAuthority\":\"0050000\"}}", "reference-missing", 422)]
    [InlineData("{\"prosecutionSubmissionDetails\":{\"prosecutingAuthority\":\"0050000\",\"urn\":\"  \"}}", "reference-missing", 422)]
    [InlineData("{\"prosecutionSubmissionDetails\":{\"urn\":\"A\",\"urn\":\"B\"}}", "member-duplicated", 400)]
    [InlineData("{\"a\":\"\\ud800\"}", "message-encoding", 400)]
    public void Read_JsonThatCannotBe_IsRefused(string json, string code, int status)
    {
        IntakeUnreadable refused = Refused(Encoding.UTF8.GetBytes(json), SubmissionFormat.ChargeJson);

        Assert.Equal((code, status), (refused.Code, refused.Status));
        Assert.StartsWith("Expected ", refused.Message);
    }

    [Fact]
    public void Read_MemberTwice_SaysWhere() =>
        Assert.Equal("/defendants/1/individual", Refused("""{"defendants":[{},{"individual":{},"individual":{}}]}"""u8.ToArray(), SubmissionFormat.ChargeJson).Pointer);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("latin1")]
    public void Read_JsonInAnotherEncoding_IsRefused(string name)
    {
        byte[] bytes = Encoding.GetEncoding(name).GetBytes(Encoding.UTF8.GetString(IntakeExamples.ChargeBytes).Replace("Mr", "Mé"));

        Assert.Equal("message-encoding", Refused(bytes, SubmissionFormat.ChargeJson).Code);
    }

    [Fact]
    public void Read_JsonWithByteOrderMark_IsRead() =>
        Assert.Equal("05LV1234526", IntakeExamples.Read([0xEF, 0xBB, 0xBF, .. IntakeExamples.ChargeBytes], SubmissionFormat.ChargeJson).Urn);

    [Theory]
    [InlineData("<a", "message-malformed", 400)]
    [InlineData("<a></b>", "message-malformed", 400)]
    [InlineData("no xml at all", "message-malformed", 400)]
    [InlineData("<ResultedCaseMessage/>", "message-unknown", 422)]
    [InlineData("<NewCaseMessage/>", "message-unknown", 422)]
    [InlineData("<NewCaseMessage><Case/></NewCaseMessage>", "prosecuting-authority-missing", 422)]
    [InlineData("<NewCaseMessage><Case><OriginatingOrganisation>106MM00</OriginatingOrganisation></Case></NewCaseMessage>", "reference-missing", 422)]
    [InlineData("<RouteData><DataStream><DataStreamContent>none</DataStreamContent></DataStream></RouteData>", "message-unknown", 422)]
    [InlineData("<RouteData><DataStream/></RouteData>", "message-unknown", 422)]
    [InlineData("<?xml version='1.0' encoding='no-such'?><NewCaseMessage/>", "message-malformed", 400)]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", "document-type-refused", 400)]
    [InlineData("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>", "document-type-refused", 400)]
    public void Read_XmlThatCannotBe_IsRefused(string xml, string code, int status)
    {
        IntakeUnreadable refused = Refused(Encoding.UTF8.GetBytes(xml), SubmissionFormat.PoliceXml);

        Assert.Equal((code, status), (refused.Code, refused.Status));
        Assert.StartsWith("Expected ", refused.Message);
    }

    [Fact]
    public void Read_XmlWithBytesOfAnotherEncoding_IsRefused() =>
        Assert.Contains(Refused([.. "<NewCaseMessage>"u8, 0xFF, 0xFE, 0x80, .. "</NewCaseMessage>"u8], SubmissionFormat.PoliceXml).Code, (string[])["message-malformed", "message-encoding"]);

    [Fact]
    public void Read_EntityBomb_IsRefusedCheaply()
    {
        StringBuilder bomb = new("<!DOCTYPE z [<!ENTITY e0 'lol'>");
        for (int level = 1; level < 30; level++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"<!ENTITY e{level} '&e{level - 1};&e{level - 1};&e{level - 1};&e{level - 1};'>");
        }

        Assert.Equal("document-type-refused", Quickly(bomb.Append("]><z>&e29;</z>").ToString(), SubmissionFormat.PoliceXml).Code);
    }

    [Fact]
    public void Read_BombInsideTheEnvelope_IsRefusedToo()
    {
        string inner = "&lt;!DOCTYPE z [&lt;!ENTITY e 'x'>]>&lt;z>&amp;e;&lt;/z>";

        Assert.Equal("document-type-refused", Quickly($"<RouteData><DataStream><DataStreamContent>{inner}</DataStreamContent></DataStream></RouteData>", SubmissionFormat.PoliceXml).Code);
    }

    [Fact]
    public void Read_EnvelopeInEnvelope_EndsAfterAFewLayers()
    {
        string layers = "<NewCaseMessage/>";
        for (int layer = 0; layer < 7; layer++)
        {
            layers = $"<RouteData><DataStream><DataStreamContent>{layers.Replace("&", "&amp;").Replace("<", "&lt;")}</DataStreamContent></DataStream></RouteData>";
        }

        Assert.Equal("message-unknown", Quickly(layers, SubmissionFormat.PoliceXml).Code);
    }

    [Theory]
    [InlineData(SubmissionFormat.ChargeJson, "[")]
    [InlineData(SubmissionFormat.ChargeJson, "{\"a\":")]
    [InlineData(SubmissionFormat.PoliceXml, "<a>")]
    public void Read_DeepNesting_IsRefusedCheaply(SubmissionFormat format, string open) =>
        Assert.Equal("message-too-deep", Quickly(string.Concat(Enumerable.Repeat(open, 200_000)), format).Code);

    [Theory]
    [InlineData(SubmissionFormat.ChargeJson)]
    [InlineData(SubmissionFormat.PoliceXml)]
    public void Read_TooLarge_IsRefused(SubmissionFormat format) =>
        Assert.Equal(("message-too-large", 413), Pair(Refused(new byte[IntakeLimits.Default.MaxBytes + 1], format)));

    [Fact]
    public void Read_TooManyParts_IsRefusedCheaply()
    {
        Assert.Equal("message-too-many-parts", Quickly("[" + string.Concat(Enumerable.Repeat("0,", 200_000)) + "0]", SubmissionFormat.ChargeJson).Code);
        Assert.Equal("message-too-many-parts", Quickly("<a>" + string.Concat(Enumerable.Repeat("<b/>", 200_000)) + "</a>", SubmissionFormat.PoliceXml).Code);
    }

    [Fact]
    public void Read_ManySmallTexts_IsCheap() =>
        Assert.Equal("message-unknown", Quickly("<NewCaseMessage>" + string.Concat(Enumerable.Repeat("<![CDATA[x]]>", 120_000)) + "</NewCaseMessage>", SubmissionFormat.PoliceXml).Code);

    [Fact]
    public async Task Receive_StopsAtTheLimit()
    {
        IntakeUnreadable refused = await Assert.ThrowsAsync<IntakeUnreadable>(() => ProsecutionReader.ReceiveAsync(new Endless(), IntakeLimits.Default, TestContext.Current.CancellationToken));

        Assert.Equal(413, refused.Status);
    }

    [Theory]
    [InlineData("text/plain", null, 415)]
    [InlineData(null, null, 415)]
    [InlineData("application/vnd.hmcts.cjs.sjp-prosecution+json", null, 415)]
    [InlineData("application/json", "sjp", 422)]
    public void FormatOf_WhatIsNotTaken_IsRefused(string? contentType, string? initiation, int status) =>
        Assert.Equal(status, Assert.Throws<IntakeUnreadable>(() => ProsecutionReader.FormatOf(contentType, initiation)).Status);

    [Theory]
    [InlineData("application/json; charset=utf-8", null, SubmissionFormat.ChargeJson)]
    [InlineData("application/json", "charge", SubmissionFormat.ChargeJson)]
    [InlineData("application/vnd.hmcts.cjs.charge-prosecution+json", null, SubmissionFormat.ChargeJson)]
    [InlineData("Application/XML", null, SubmissionFormat.PoliceXml)]
    public void FormatOf_WhatIsTaken_IsKnown(string contentType, string? initiation, SubmissionFormat format) =>
        Assert.Equal(format, ProsecutionReader.FormatOf(contentType, initiation));

    [Theory]
    [InlineData("/surprise", "{}", "MEMBER_UNKNOWN", Severity.Warning)]
    [InlineData("/defendants/0/individual/shoe~1size", "9", "MEMBER_UNKNOWN", Severity.Warning)]
    [InlineData("/defendants", "{}", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/defendants", "[]", "MEMBER_REQUIRED", Severity.Error)]
    [InlineData("/defendants/0", "5", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/defendants/0/offences", "[]", "MEMBER_REQUIRED", Severity.Error)]
    [InlineData("/defendants/0/individual/gender", "\"1\"", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/defendants/0/individual/gender", "1.5", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/defendants/0/individual/gender", "1e999", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/defendants/0/individual/nameDetails/surname", "true", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/defendants/0/individual/nameDetails/surname", "\"a\\u0000b\"", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/defendants/0/individual/dateOfBirth", "\"1991-02-30\"", "DATE_INVALID", Severity.Error)]
    [InlineData("/defendants/0/individual/dateOfBirth", "\"4/11/1991\"", "DATE_INVALID", Severity.Error)]
    [InlineData("/prosecutionSubmissionDetails/hearingDetails/timeOfHearing", "\"25:00\"", "TIME_INVALID", Severity.Error)]
    [InlineData("/defendants/0/defendantDetails/prosecutorCosts", "\"12 pounds\"", "MEMBER_TYPE_INVALID", Severity.Error)]
    [InlineData("/prosecutionSubmissionDetails/caseMarker", "\"DV DV DV DV\"", "MEMBER_TOO_LONG", Severity.Error)]
    public void Check_WrongShape_SaysWhere(string pointer, string value, string code, Severity severity)
    {
        Problem problem = Assert.Single(IntakeExamples.Check(IntakeExamples.With(pointer, JsonNode.Parse(value))), problem => problem.Pointer == pointer);

        Assert.Equal((code, severity), (problem.Code, problem.Severity));
        Assert.True(problem.Opens(pointer));
    }

    [Fact]
    public void Check_ThousandsOfFaults_ShowsSomeAndErrorsFirst()
    {
        JsonObject charge = IntakeExamples.Charge();
        charge["defendants"] = new JsonArray([.. Enumerable.Range(0, 5_000).Select(_ => new JsonObject { ["nonsense"] = 1 })]);

        IReadOnlyList<Problem> problems = IntakeExamples.Check(charge);

        Assert.Equal(ChargeRules.MostProblems, problems.Count);
        Assert.Equal(Severity.Error, problems[0].Severity);
    }

    private static (string, int) Pair(IntakeUnreadable refused) => (refused.Code, refused.Status);

    private static IntakeUnreadable Refused(byte[] received, SubmissionFormat format) =>
        Assert.Throws<IntakeUnreadable>(() => IntakeExamples.Read(received, format));

    // Forgiving on a busy machine: a bomb that goes off takes minutes.
    private static IntakeUnreadable Quickly(string message, SubmissionFormat format)
    {
        Stopwatch watch = Stopwatch.StartNew();
        IntakeUnreadable refused = Refused(Encoding.UTF8.GetBytes(message), format);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"Expected a cheap refusal, but it took {watch.Elapsed}.");
        return refused;
    }

    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
