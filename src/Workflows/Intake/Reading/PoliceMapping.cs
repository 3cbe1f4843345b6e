using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Reading;

/// <summary>The police's new case as a canonical charge. Which element becomes which member: the tables of rows.</summary>
internal static class PoliceMapping
{
    private const int MostUnmapped = 20;

    public static JsonObject ToCanonical(XmlPart courtCase, List<Problem> unmapped)
    {
        JsonObject details = PoliceRow.Map(courtCase, PoliceCaseRows.All);
        ReadHearingTime(details);
        JsonArray defendants = [];
        foreach (XmlPart element in courtCase.All("Defendant"))
        {
            JsonObject defendant = PoliceRow.Map(element, PoliceDefendantRows.All);
            JsonArray offences = [.. element.All("Offence").Select(offence => PoliceRow.Map(offence, PoliceOffenceRows.All))];
            defendant["offences"] = offences;
            Report(element, $"/defendants/{defendants.Count}", "Defendant", unmapped);
            defendants.Add(defendant);
        }

        Report(courtCase, "", "Case", unmapped);
        return new JsonObject { ["prosecutionSubmissionDetails"] = details, ["defendants"] = defendants };
    }

    private static void ReadHearingTime(JsonObject details)
    {
        if (details["hearingDetails"] is JsonObject hearing && JsonText.Of(hearing["timeOfHearing"]) is { } sent && JsonText.Date(hearing["dateOfHearing"]) is { } day)
        {
            hearing["timeOfHearing"] = HearingTime.ToLondon(sent, day, LocalTimeSenders.Includes(JsonText.Of(details["urn"]), JsonText.Of(details["prosecutingAuthority"])));
        }
    }

    // A leaf with text that no row took. It cannot be mended in the canonical form, so the sender is told, and no more.
    private static void Report(XmlPart part, string pointer, string path, List<Problem> unmapped)
    {
        foreach (XmlPart child in part.Parts.Where(child => !child.Taken))
        {
            string at = $"{path}/{child.Name}";
            if (child.Parts.Count == 0 && !string.IsNullOrWhiteSpace(child.Text) && unmapped.Count < MostUnmapped)
            {
                unmapped.Add(Problem.Of(ProblemCodes.UnmappedElement, pointer,
                    $"The element {at} is not part of a new case. It stays in the message as received and nothing reads it. Check its name and place.",
                    ProsecutionReader.Shorten(child.Text.Trim())));
            }

            child.Taken = true;
            Report(child, pointer, at, unmapped);
        }
    }
}
