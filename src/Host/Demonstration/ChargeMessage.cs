using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Rules;

namespace Assize.Host.Demonstration;

/// <summary>A charge as Merseyside Police would send it, about invented people.</summary>
internal sealed record ChargeMessage
{
    public const string Merseyside = "0050000";
    public const string Liverpool = "B05PK00";

    public required string Urn { get; init; }

    /// <summary>The business day on which it is sent; every other day is reckoned from it.</summary>
    public required DateOnly Today { get; init; }

    public required IReadOnlyList<ChargedPerson> Defendants { get; init; }

    /// <summary>Days from the charge to the first hearing; a weekend moves it to the Monday.</summary>
    public int DaysToHearing { get; init; } = 15;

    public JsonObject ToJson() => new()
    {
        ["prosecutionSubmissionDetails"] = new JsonObject
        {
            ["urn"] = Urn,
            ["prosecutingAuthority"] = Merseyside,
            ["informant"] = "PC 4417 Holt",
            ["hearingDetails"] = new JsonObject
            {
                ["courtHearingLocation"] = Liverpool,
                ["dateOfHearing"] = Day(Weekday(Today.AddDays(DaysToHearing))),
                ["timeOfHearing"] = "10:00:00",
            },
        },
        ["defendants"] = new JsonArray([.. Defendants.Select(Defendant)]),
    };

    private JsonNode Defendant(ChargedPerson person, int index) => new JsonObject
    {
        ["defendantDetails"] = new JsonObject
        {
            ["prosecutorDefendantId"] = $"{Urn}-{index + 1}",
            ["asn"] = ArrestNumber(index),
            ["hearingLanguage"] = "E",
            ["documentationLanguage"] = "E",
            ["address"] = new JsonObject { ["address1"] = person.Street, ["address2"] = "Liverpool", ["postcode"] = "L1 9ZZ" },
        },
        ["individual"] = new JsonObject
        {
            ["nameDetails"] = new JsonObject { ["forename"] = person.Forename, ["surname"] = person.Surname },
            ["dateOfBirth"] = Day(person.Born),
            ["gender"] = person.Gender,
            ["ethnicity"] = "NS",
            ["observedEthnicity"] = 9,
            ["nationality"] = "GBR",
            ["custodyStatus"] = "U",
        },
        ["offences"] = new JsonArray([.. person.Offences.Select(Offence)]),
    };

    private JsonNode Offence(ChargedOffence offence, int index) => new JsonObject
    {
        ["offenceDetails"] = new JsonObject
        {
            ["cjsOffenceCode"] = offence.Code,
            ["offenceSequenceNo"] = index + 1,
            ["offenceCommittedDate"] = Day(Today.AddDays(-3)),
            ["offenceDateCode"] = 1,
            ["offenceLocation"] = offence.Place,
            ["offenceWording"] = offence.Wording,
        },
        ["chargeDate"] = Day(Today),
        ["arrestDate"] = Day(Today.AddDays(-1)),
    };

    private string ArrestNumber(int index)
    {
        var serial = Urn.Where(char.IsAsciiDigit).TakeLast(7).Aggregate(0L, (number, digit) => (number * 10) + (digit - '0'));
        var digits = $"{Today:yy}05LV01{(serial * 10) + index:00000000000}";
        return digits + ArrestSummonsNumber.ExpectedLetter(digits + "A");
    }

    private static DateOnly Weekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal sealed record ChargedPerson(string Forename, string Surname, DateOnly Born, int Gender, string Street, IReadOnlyList<ChargedOffence> Offences);

internal sealed record ChargedOffence(string Code, string Place, string Wording);
