using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Forms;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Cases;

/// <summary>Lays an alternative offence on the record, and withdraws the original where the prosecutor says so.</summary>
public static class AlternativeCharge
{
    public const string Reason = "alternative-charge";

    /// <summary>How people and systems name an offence of a case: "2.1" is the second defendant's first.</summary>
    public static string Name(int defendant, int offence) => string.Create(CultureInfo.InvariantCulture, $"{defendant}.{offence}");

    /// <summary>The offences that an answer may name: of the instance's defendant, or of all; withdrawn ones are none.</summary>
    internal static IReadOnlyList<string> Named(UnitSession session, InstanceState instance) =>
        [.. Defendants(instance).SelectMany(defendant => Standing(session, Id(defendant)).Select(offence => Name(Ordinal(defendant), offence.Sequence)))];

    internal static Offence Find(UnitSession session, InstanceState instance, string name) => Defendants(instance)
        .SelectMany(defendant => Standing(session, Id(defendant)).Where(offence => Name(Ordinal(defendant), offence.Sequence) == name)).First();

    internal static FieldProblem? Problem(CaseUpdate update, JsonObject answers, ReferenceData reference) =>
        (string?)answers[update.With!["code"]] is { } code && OffenceCodes.Find(reference, code) is null
            ? new FieldProblem("/" + update.With["code"], "offence-code-unknown", $"Expected the code of an offence in the national list, but \u2018{code}\u2019 is none.")
            : null;

    internal static void Lay(UnitSession session, CaseUpdate update, JsonObject answers, Offence original, ReferenceData reference)
    {
        string code = (string)answers[update.With!["code"]]!;
        ReferenceItem listed = OffenceCodes.Find(reference, code)!;
        Offence laid = new()
        {
            Id = session.NewId(),
            DefendantId = original.DefendantId,
            Sequence = SessionCase.Offences(session).Where(x => x.DefendantId == original.DefendantId).Max(x => x.Sequence) + 1,
            Code = code,
            Title = listed.Text("title") ?? code,
            Wording = Answer(update, answers, "wording") ?? "",
            ModeOfTrial = ModeOfTrial.Of(listed.Text("category")),
            StartDate = Answer(update, answers, "startDate") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : original.StartDate,
            Detail = new JsonObject { ["alternativeTo"] = original.Sequence, ["laidOn"] = London.Day(session.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }.ToJsonString(),
        };
        SessionCase.Laid(session, laid);
        session.Write(laid);
        Weigh(session);
    }

    internal static void Withdraw(UnitSession session, Offence original)
    {
        original.WithdrawnOn = London.Day(session.Now);
        original.WithdrawnReason = Reason;
        session.Write(original);
        Weigh(session);
    }

    /// <summary>The defendants as workflows know them, with the offences that stand now.</summary>
    internal static JsonArray Travelling(UnitSession session, InstanceState instance) => new([.. Defendants(instance).Select(defendant =>
    {
        JsonObject now = defendant.DeepClone().AsObject();
        Dictionary<string, JsonNode?> values = defendant["offences"]!.AsArray().ToDictionary(x => (string)x!["id"]!, x => x!["value"]);
        now["offences"] = new JsonArray([.. Standing(session, Id(defendant)).Select(x => OffenceState.Of(x, values.GetValueOrDefault(x.Id)?.DeepClone()))]);
        return now;
    })]);

    private static void Weigh(UnitSession session)
    {
        CaseFile file = SessionCase.Of(session)!;
        file.GravestModeOfTrial = ModeOfTrial.Gravest(SessionCase.Offences(session).Where(x => x.WithdrawnOn is null).Select(x => x.ModeOfTrial));
        session.Write(file);
    }

    private static IEnumerable<JsonObject> Defendants(InstanceState instance) =>
        instance.Input.GetValueOrDefault("defendant") is JsonObject one
            ? [one]
            : (instance.Input.GetValueOrDefault("defendants") as JsonArray ?? []).OfType<JsonObject>();

    private static IEnumerable<Offence> Standing(UnitSession session, string defendantId) =>
        SessionCase.Offences(session).Where(x => x.DefendantId == defendantId && x.WithdrawnOn is null).OrderBy(x => x.Sequence);

    private static string? Answer(CaseUpdate update, JsonObject answers, string member) =>
        update.With!.TryGetValue(member, out string? question) ? (string?)answers[question] : null;

    private static string Id(JsonObject defendant) => (string)defendant["id"]!;

    private static int Ordinal(JsonObject defendant) => (int)defendant["ordinal"]!;
}
