using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The canonical charge as rules read it.</summary>
public sealed class Charge(JsonObject canonical)
{
    public Part Root { get; } = new(canonical, "");

    public Part Details { get; } = new Part(canonical, "").Child("prosecutionSubmissionDetails");

    public Part Hearing => Details.Child("hearingDetails");

    public IReadOnlyList<ChargedDefendant> Defendants { get; } =
        [.. new Part(canonical, "").Items("defendants").Where(part => part.Exists).Select(part => new ChargedDefendant(part))];

    public IEnumerable<ChargedOffence> Offences => Defendants.SelectMany(defendant => defendant.Offences);

    /// <summary>The earliest charge; null where no offence has one.</summary>
    public DateOnly? LegalDate => Offences.Select(offence => offence.ChargedOn ?? offence.Root.Date("laidDate")).Min();

    /// <summary>How the case began; charge JSON says it by being charge JSON. "R" is an older letter for "Q".</summary>
    public string Initiation => Details.Text("initiationCode") switch { null => "C", "R" => "Q", { } code => code };

    public bool IsCharge => Initiation == "C";
}

public sealed class ChargedDefendant(Part root)
{
    public Part Root { get; } = root;

    public Part Details { get; } = root.Child("defendantDetails");

    public Part Person { get; } = root.Child("individual");

    public Part Organisation { get; } = root.Child("organisation");

    public Part Guardian => Person.Child("parentGuardian");

    public IReadOnlyList<ChargedOffence> Offences { get; } =
        [.. root.Items("offences").Where(part => part.Exists).Select(part => new ChargedOffence(part))];
}

public sealed class ChargedOffence(Part root)
{
    public Part Root { get; } = root;

    public Part Details { get; } = root.Child("offenceDetails");

    public DateOnly? CommittedFrom => Details.Date("offenceCommittedDate");

    /// <summary>The last day on which it can have been committed.</summary>
    public DateOnly? CommittedTo => Details.Date("offenceCommittedEndDate") ?? CommittedFrom;

    public DateOnly? ChargedOn => Root.Date("chargeDate");
}
