using System.Text;
using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Rules;
using CsCheck;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

public sealed class ReadingTests
{
    [Fact]
    public void Read_ChargeJson_IsCanonicalAsItComes()
    {
        ReadProsecution read = IntakeExamples.Read(IntakeExamples.ChargeBytes, SubmissionFormat.ChargeJson);

        Assert.Equal("05LV1234526", read.Urn);
        Assert.Equal("0050000", read.Authority);
        Assert.True(JsonNode.DeepEquals(IntakeExamples.Charge(), read.Canonical));
    }

    [Fact]
    public void Read_OwnExamples_HaveNoProblems()
    {
        ReadProsecution police = IntakeExamples.Read(IntakeExamples.PoliceBytes, SubmissionFormat.PoliceXml);

        Assert.Empty(IntakeExamples.Check(IntakeExamples.Charge()));
        Assert.Empty(IntakeExamples.Check(police.Canonical, SubmissionFormat.PoliceXml));
        Assert.Empty(police.Unmapped);
    }

    [Fact]
    public void Read_PoliceXml_BecomesTheSameForm()
    {
        JsonObject canonical = IntakeExamples.Read(IntakeExamples.PoliceBytes, SubmissionFormat.PoliceXml).Canonical;

        Assert.Equal("06MM0048126", At(canonical, "/prosecutionSubmissionDetails/urn"));
        Assert.Equal("106MM00", At(canonical, "/prosecutionSubmissionDetails/prosecutingAuthority"));
        Assert.Equal("C", At(canonical, "/prosecutionSubmissionDetails/initiationCode"));
        Assert.Equal("Okafor", At(canonical, "/prosecutionSubmissionDetails/officerInCase/nameDetails/surname"));
        Assert.Equal("2606MM0100000004812A", At(canonical, "/defendants/0/defendantDetails/asn"));
        Assert.Equal("Flat 2, 41", At(canonical, "/defendants/0/defendantDetails/address/address1"));
        Assert.Equal("M4 6AB", At(canonical, "/defendants/0/defendantDetails/address/postcode"));
        Assert.Equal("ASH", At(canonical, "/defendants/0/individual/aliases/0/surname"));
        Assert.Equal("2026-06-30", At(canonical, "/defendants/0/offences/0/offenceDetails/offenceCommittedDate"));
        Assert.Equal("2026-07-01", At(canonical, "/defendants/0/offences/0/chargeDate"));
        Assert.Equal("Loom Street Chemists", At(canonical, "/defendants/0/offences/0/offenceDetails/victims/0/nameDetails/surname"));
        Assert.Equal(2, canonical["defendants"]![0]!["individual"]!["gender"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("06", "10:00:00.0000000-00:00", "2026-07-21", "10:00:00")] // its own clock, whatever it says of the zone
    [InlineData("06", "10:00:00+00:00", "2026-01-20", "10:00:00")]
    [InlineData("00", "10:00:00+00:00", "2026-07-21", "10:00:00")] // a shared code: the organisation says that it is 06
    [InlineData("05", "09:00:00.0000000-00:00", "2026-07-21", "10:00:00")] // UTC in summer
    [InlineData("05", "09:00:00", "2026-07-21", "10:00:00")]
    [InlineData("05", "10:00:00+01:00", "2026-07-21", "10:00:00")]
    [InlineData("05", "10:00:00Z", "2026-01-20", "10:00:00")]
    public void HearingTime_IsLondonsClock_WhateverTheForceSends(string force, string sent, string day, string shown)
    {
        string xml = IntakeExamples.Police().Replace("06MM0048126", $"{force}MM0048126").Replace("10:00:00.0000000-00:00</Time", $"{sent}</Time").Replace("2026-07-21", day);

        Assert.Equal(shown, At(IntakeExamples.ReadPolice(xml).Canonical, "/prosecutionSubmissionDetails/hearingDetails/timeOfHearing"));
    }

    [Fact]
    public void Read_Envelope_AsTextOrElements_IsTheSameCase()
    {
        string inner = IntakeExamples.Police().Replace("""<?xml version="1.0" encoding="utf-8"?>""", "").Trim();
        JsonObject bare = IntakeExamples.ReadPolice(inner).Canonical;

        ReadProsecution asText = IntakeExamples.ReadPolice(Envelope(Escape(RouteData(Escape(inner)))));
        ReadProsecution asElements = IntakeExamples.ReadPolice(Envelope(RouteData(inner)));

        Assert.True(JsonNode.DeepEquals(bare, asText.Canonical));
        Assert.True(JsonNode.DeepEquals(bare, asElements.Canonical));
        Assert.Equal("260706-101500-AAAA-0001", asText.MessageId);
    }

    [Fact]
    public void Read_ElementWithoutAPlace_IsReportedAndCannotBeCorrected()
    {
        ReadProsecution read = IntakeExamples.ReadPolice(IntakeExamples.Police().Replace("<CustodyStatus>", "<ShoeSize>9</ShoeSize><CustodyStatus>"));

        Problem problem = Assert.Single(read.Unmapped);
        Assert.Equal((ProblemCodes.UnmappedElement, Severity.Warning), (problem.Code, problem.Severity));
        Assert.Contains("Defendant/PoliceIndividualDefendant/ShoeSize", problem.Message);
        Assert.False(problem.Opens(problem.Pointer));
    }

    [Fact]
    public void Canonical_WrittenAndReadAgain_IsTheSame() => GenJson.Sample(value =>
    {
        JsonObject charge = IntakeExamples.Charge();
        charge["extra"] = value();
        byte[] bytes = Encoding.UTF8.GetBytes(charge.ToJsonString());
        JsonObject once = IntakeExamples.Read(bytes, SubmissionFormat.ChargeJson).Canonical;
        JsonObject twice = IntakeExamples.Read(Encoding.UTF8.GetBytes(once.ToJsonString()), SubmissionFormat.ChargeJson).Canonical;

        Assert.True(JsonNode.DeepEquals(charge, once));
        Assert.Equal(once.ToJsonString(), twice.ToJsonString());
    }, iter: 300);

    [Fact]
    public void Pointer_SetThenFound_GivesTheValue() =>
        Gen.String[Gen.Char.AlphaNumeric, 0, 6].Select(Gen.String, Gen.Int).Sample((first, second, number) =>
        {
            JsonObject root = [];
            string pointer = $"/{JsonPointer.Escape(first)}/{JsonPointer.Escape(second)}";

            Assert.True(JsonPointer.TrySet(root, pointer, number));
            Assert.True(JsonPointer.TryFind(root, pointer, out JsonNode? found));
            Assert.Equal(number, found!.GetValue<int>());
        }, iter: 500);

    private static Gen<Func<JsonNode?>> GenJson { get; } = Gen.Recursive<Func<JsonNode?>>((depth, self) =>
    {
        Gen<Func<JsonNode?>> leaf = Gen.OneOf(
            Gen.String[Gen.Char['\u0001', '\u2000'], 0, 12].Select(text => (Func<JsonNode?>)(() => JsonValue.Create(text))),
            Gen.Long.Select(number => (Func<JsonNode?>)(() => JsonValue.Create(number))),
            Gen.Bool.Select(flag => (Func<JsonNode?>)(() => JsonValue.Create(flag))));
        return depth > 4 ? leaf : Gen.OneOf(
            leaf,
            self.Array[0, 3].Select(items => (Func<JsonNode?>)(() => new JsonArray([.. items.Select(item => item())]))),
            self.Array[0, 3].Select(items => (Func<JsonNode?>)(() => new JsonObject(items.Select((item, index) => KeyValuePair.Create($"m{index}", item()))))));
    });

    private static string? At(JsonNode root, string pointer) => JsonPointer.TryFind(root, pointer, out JsonNode? found) ? found?.GetValue<string>() : null;

    private static string Escape(string xml) => xml.Replace("&", "&amp;").Replace("<", "&lt;");

    private static string RouteData(string content) => $"""
        <RouteData xmlns="http://schemas.cjse.gov.uk/common/operations" xmlns:e="http://schemas.cjse.gov.uk/common/businessentities" RequestResponse="Request">
          <RequestFromSystem><CorrelationID>260706-101459-BBBB-0001</CorrelationID></RequestFromSystem>
          <DataStream><e:DataStreamType>SPINewCase</e:DataStreamType><e:DataStreamContent>{content}</e:DataStreamContent></DataStream>
        </RouteData>
        """;

    private static string Envelope(string message) => $"""
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
          <m:SubmitRequestMes xmlns:m="http://schemas.cjse.gov.uk/endpoint/types/">
            <m:RequestID>260706-101500-AAAA-0001</m:RequestID>
            <m:Message>
              {message}
            </m:Message>
          </m:SubmitRequestMes>
        </s:Body></s:Envelope>
        """;
}
