using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Cases;

/// <summary>Opens a case: record, defendants, offences and the running workflow, in one transaction.</summary>
public static class StartCase
{
    public const string Workflow = "mags-charged";

    /// <summary>Opens the case out of another unit's session (a submission that was accepted) and gives its record.</summary>
    public static async Task<CaseFile> InAsync(UnitSession session, NewCase facts, CancellationToken ct)
    {
        UnitSession unit = await session.NewUnitAsync(session.NewId(), ct);
        CaseFile file = Record(unit, facts, out JsonObject input);
        return await unit.StepAsync(Begin(file, input), ct) is { } refused
            ? throw new InvalidOperationException($"Expected workflow {Workflow} to start, but it was refused: {refused.Message}")
            : file;
    }

    /// <summary>The same as a command of its own, for a case that no message brought.</summary>
    public static UnitCommand Command(string requestId, string caseId, NewCase facts, DateTimeOffset now)
    {
        JsonObject input = [];
        return new UnitCommand
        {
            RequestId = requestId,
            Caller = "assize",
            BodyDigest = caseId,
            Actor = "system",
            Now = now,
            Unit = UnitAddress.New(caseId),
            Check = async (session, ct) =>
            {
                CaseFile file = Record(session, facts, out input);
                return await session.StepAsync(Begin(file, input), ct);
            },
            Record = (_, _) => Task.FromResult<JsonNode?>(new JsonObject { ["caseId"] = caseId, ["urn"] = facts.Urn }),
        };
    }

    private static StartStep Begin(CaseFile file, JsonObject input) => new(Workflow, input, CorrelationId: file.Id);

    /// <summary>The record of a new case; gives what its workflow is started with.</summary>
    internal static CaseFile Record(UnitSession session, NewCase facts, out JsonObject input)
    {
        CaseFile file = new()
        {
            Id = session.UnitId,
            Urn = facts.Urn,
            Status = CaseStatus.Active,
            Stage = "Registered",
            OwnerAgency = facts.OwnerAgency,
            ProsecutingAuthority = facts.ProsecutingAuthority,
            CourtOu = facts.CourtOu,
            Area = facts.Area,
            GravestModeOfTrial = ModeOfTrial.Gravest(facts.Defendants.SelectMany(x => x.Offences).Select(x => x.ModeOfTrial)),
            LegalDate = facts.LegalDate,
            CreatedAt = session.Now,
            Practice = facts.Practice,
            Participants = JsonSerializer.Serialize(new[] { facts.OwnerAgency }),
        };
        SessionCase.Set(session, file);
        session.Write(file);
        session.Write(new CaseParticipant
        {
            CaseId = file.Id,
            Agency = facts.OwnerAgency,
            Since = session.Now,
            Reason = "Sent the prosecution",
            JoinedAt = session.RecordedAt,
            CaseCreatedAt = file.CreatedAt,
            CaseArea = file.Area,
        });
        input = Input(file, facts, [.. facts.Defendants.Select((x, index) => Defendant(session, file, x, index + 1))]);
        return file;
    }

    /// <summary>What a case's workflow is started with.</summary>
    internal static JsonObject Input(CaseFile file, NewCase facts, JsonArray defendants) => new()
    {
        ["caseId"] = file.Id,
        ["urn"] = file.Urn,
        ["agencies"] = facts.Agencies.ToJson(),
        ["legalDate"] = Day(facts.LegalDate),
        ["courtOu"] = facts.CourtOu,
        ["courtName"] = facts.CourtName,
        ["firstHearingOn"] = facts.FirstHearingOn is { } day ? Day(day) : null,
        ["firstHearingAt"] = facts.FirstHearingAt?.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["defendants"] = defendants,
    };

    /// <summary>What of a defendant travels in the workflow: no name and no particulars, so that nothing personal is in its state.</summary>
    private static JsonObject Defendant(UnitSession session, CaseFile file, NewDefendant facts, int ordinal)
    {
        Defendant defendant = new()
        {
            Id = session.NewId(),
            CaseId = file.Id,
            Ordinal = ordinal,
            Name = facts.Name,
            IsYouth = facts.IsYouth,
            BailStatus = facts.BailStatus,
            Detail = facts.Detail.ToJsonString(),
            Stage = "Registered",
        };
        SessionCase.Keep(session, defendant);
        session.Write(defendant);
        return Input(defendant, [.. facts.Offences.Select(x => Offence(session, defendant, x))]);
    }

    internal static JsonObject Input(Defendant defendant, JsonNode?[] offences) => new()
    {
        ["id"] = defendant.Id,
        ["ordinal"] = defendant.Ordinal,
        ["isYouth"] = defendant.IsYouth,
        ["bailStatus"] = defendant.BailStatus,
        ["offences"] = new JsonArray(offences),
    };

    private static JsonObject Offence(UnitSession session, Defendant defendant, NewOffence facts)
    {
        Offence offence = new()
        {
            Id = session.NewId(),
            DefendantId = defendant.Id,
            Sequence = facts.Sequence,
            Code = facts.Code,
            Title = facts.Title,
            Wording = facts.Wording,
            ModeOfTrial = facts.ModeOfTrial,
            StartDate = facts.StartDate,
            Detail = facts.Detail.ToJsonString(),
        };
        session.Write(offence);
        return OffenceState.Of(offence, facts.Value);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
