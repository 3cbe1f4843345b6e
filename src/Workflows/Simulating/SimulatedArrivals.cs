using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Workflows.Cases;
using Assize.Workflows.Practice;

namespace Assize.Workflows.Simulating;

/// <summary>Invented cases: one defendant or two, adults mostly, with charges of every mode of trial.</summary>
internal sealed class SimulatedArrivals(Random random)
{
    // Shares of a hundred. They are assumptions, shown on the page beside the figures.
    public const int TwoDefendants = 15;
    public const int Youths = 6;
    public const int Summary = 55;
    public const int EitherWay = 40;

    public JsonObject Next(string caseId, DateOnly day)
    {
        CaseFile file = new()
        {
            Id = caseId,
            Urn = caseId,
            Status = CaseStatus.Active,
            Stage = "Registered",
            OwnerAgency = "simulated",
            ProsecutingAuthority = "simulated",
            CourtOu = PracticeFacts.Court,
            Area = "simulated",
            GravestModeOfTrial = "summary",
            LegalDate = day,
            CreatedAt = default,
            Practice = true,
            Participants = "[]",
        };
        JsonArray defendants = [.. Enumerable.Range(1, random.Next(100) < TwoDefendants ? 2 : 1).Select(ordinal => Defendant(caseId, ordinal, day))];
        return PracticeFacts.Input(StartCase.Input(file, PracticeFacts.Of($"{caseId,16}", "simulated", day), defendants), caseId);
    }

    private JsonObject Defendant(string caseId, int ordinal, DateOnly day)
    {
        Defendant defendant = new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{caseId}-d{ordinal}"),
            CaseId = caseId,
            Ordinal = ordinal,
            Name = "",
            IsYouth = random.Next(100) < Youths,
            BailStatus = random.Next(100) < 10 ? "C" : "U",
            Detail = "{}",
            Stage = "Registered",
        };
        return StartCase.Input(defendant, [.. Enumerable.Range(1, random.Next(1, 3)).Select(sequence => Offence(defendant.Id, sequence, day))]);
    }

    private JsonObject Offence(string defendantId, int sequence, DateOnly day)
    {
        string mode = random.Next(100) switch { < Summary => "summary", < Summary + EitherWay => "either-way", _ => "indictable-only" };
        Offence offence = new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{defendantId}-o{sequence}"),
            DefendantId = defendantId,
            Sequence = sequence,
            Code = "SIMULATED",
            Title = "An invented charge",
            Wording = "",
            ModeOfTrial = mode,
            StartDate = day,
            Detail = "{}",
        };
        return OffenceState.Of(offence, 40);
    }
}
