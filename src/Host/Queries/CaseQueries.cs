using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Storage;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Hearings;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Cases and their records, by what the caller may see.</summary>
public sealed class CaseQueries(CaseDatabase database, IAccessEvaluator access, NewestCases newest, ReferenceStore reference)
{
    /// <summary>The newest first; null where the cursor is none of this list.</summary>
    public async Task<Page<CaseItem>?> ListAsync(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        (DateTimeOffset, string)? last = after is [var micros, var id] ? (InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture)), id) : null;
        var rows = await newest.PageAsync(db, caller, last, limit + 1, ct);
        var page = rows.Take(limit).ToList();
        var ids = page.Select(file => file.Id).ToList();
        var names = await db.Defendants.AsNoTracking().Where(defendant => ids.Contains(defendant.CaseId))
            .OrderBy(defendant => defendant.Ordinal).Select(defendant => new { defendant.CaseId, defendant.Name }).ToListAsync(ct);
        var lists = await reference.CurrentAsync(db, ct);
        var byCase = names.ToLookup(name => name.CaseId, name => name.Name);
        return new Page<CaseItem>([.. page.Select(file => Item(file, [.. byCase[file.Id]], lists))], rows.Count > limit
            ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].CreatedAt).ToString(CultureInfo.InvariantCulture), page[^1].Id)
            : null);
    }

    /// <summary>The case's id, or null where there is none that the caller may see.</summary>
    public async Task<string?> FindIdAsync(Caller caller, string urn, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var found = await access.VisibleCases(db, caller).Where(file => file.Urn == urn).Select(file => file.Id).SingleOrDefaultAsync(ct);
        return found ?? await MissedAsync(db, caller, urn, ct);
    }

    public async Task<CaseDetail?> FindAsync(Caller caller, string urn, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (await access.VisibleCases(db, caller).AsNoTracking().SingleOrDefaultAsync(file => file.Urn == urn, ct) is not { } file)
        {
            await MissedAsync(db, caller, urn, ct);
            return null;
        }

        var defendants = await DefendantsAsync(db, file.Id, ct);
        return new CaseDetail
        {
            Case = Item(file, [.. defendants.Select(defendant => defendant.Name)], await reference.CurrentAsync(db, ct)),
            GravestModeOfTrial = file.GravestModeOfTrial,
            Area = file.Area,
            LegalDate = file.LegalDate,
            ConcludedAt = file.ConcludedAt,
            Practice = file.Practice,
            Incidents = await db.Set<InstanceRow>().Where(row => row.UnitId == file.Id && row.Running).SumAsync(row => row.Incidents, ct),
            Participants = await ParticipantsAsync(db, file.Id, ct),
            Defendants = defendants,
            Hearings = await HearingsAsync(db, file.Id, ct),
            Messages = await db.Messages.AsNoTracking().Where(message => message.CaseId == file.Id)
                .OrderByDescending(message => message.CreatedAt).ThenBy(message => message.Id).Take(Cursor.LargestLimit)
                .Select(message => new CaseMessageItem(message.Id, message.Agency, message.Kind, message.State, message.CreatedAt, message.AcknowledgedAt))
                .ToListAsync(ct),
        };
    }

    // The check knows why, and the audit hears of it where the case is sealed; a reference that nobody uses is asked about alike.
    private async Task<string?> MissedAsync(CaseDb db, Caller caller, string urn, CancellationToken ct)
    {
        var id = await db.Cases.Where(file => file.Urn == urn).Select(file => file.Id).SingleOrDefaultAsync(ct);
        await access.CheckAsync(db, caller, AccessActions.ReadCase, AccessTarget.Case(id ?? ""), ct);
        return null;
    }

    private static CaseItem Item(CaseFile file, IReadOnlyList<string> defendants, ReferenceData lists) => new()
    {
        Urn = file.Urn,
        Status = file.Status,
        Stage = file.Stage,
        Outcome = file.Outcome,
        ProsecutingAuthority = file.ProsecutingAuthority,
        ProsecutingAuthorityName = Authorities.Name(lists, file.ProsecutingAuthority),
        CourtOu = file.CourtOu,
        Defendants = defendants,
        CreatedAt = file.CreatedAt,
    };

    private static async Task<List<CaseParticipantItem>> ParticipantsAsync(CaseDb db, string caseId, CancellationToken ct) =>
        await db.Participants.AsNoTracking().Where(part => part.CaseId == caseId && part.WithdrawnAt == null).OrderBy(part => part.Since).ThenBy(part => part.Agency)
            .Select(part => new CaseParticipantItem(
                part.Agency, db.Set<Agency>().Where(agency => agency.Id == part.Agency).Select(agency => agency.Name).FirstOrDefault() ?? part.Agency, part.Since, part.Reason))
            .ToListAsync(ct);

    private static async Task<List<DefendantItem>> DefendantsAsync(CaseDb db, string caseId, CancellationToken ct)
    {
        var people = await db.Defendants.AsNoTracking().Where(defendant => defendant.CaseId == caseId).OrderBy(defendant => defendant.Ordinal).ToListAsync(ct);
        var ids = people.Select(defendant => defendant.Id).ToList();
        var offences = (await db.Offences.AsNoTracking().Where(offence => ids.Contains(offence.DefendantId)).OrderBy(offence => offence.Sequence).ToListAsync(ct))
            .ToLookup(offence => offence.DefendantId);
        return [.. people.Select(defendant => new DefendantItem
        {
            Id = defendant.Id,
            Ordinal = defendant.Ordinal,
            Name = defendant.Name,
            IsYouth = defendant.IsYouth,
            BailStatus = defendant.BailStatus,
            Stage = defendant.Stage,
            Outcome = defendant.Outcome,
            Offences = [.. offences[defendant.Id].Select(offence => new OffenceItem(
                offence.Sequence, offence.Code, offence.Title, offence.Wording, offence.ModeOfTrial, offence.StartDate,
                offence.Plea, offence.Verdict, offence.ConvictionDate, offence.WithdrawnOn, offence.WithdrawnReason))],
        })];
    }

    private static async Task<List<HearingItem>> HearingsAsync(CaseDb db, string caseId, CancellationToken ct)
    {
        var hearings = await db.Hearings.AsNoTracking().Where(hearing => hearing.CaseId == caseId).OrderBy(hearing => hearing.StartsAt).ToListAsync(ct);
        var ids = hearings.Select(hearing => hearing.Id).ToList();
        var parts = await db.HearingDefendants.AsNoTracking().Where(part => ids.Contains(part.HearingId))
            .Join(db.Defendants, part => part.DefendantId, defendant => defendant.Id, (part, defendant) => new { Part = part, defendant.Name, defendant.Ordinal })
            .OrderBy(row => row.Ordinal).ToListAsync(ct);
        var byHearing = parts.ToLookup(row => row.Part.HearingId, row => Part(row.Part, row.Name));
        return [.. hearings.Select(hearing => new HearingItem(
            hearing.Id, hearing.HearingType, hearing.CourtOu, hearing.CourtName, hearing.StartsAt, hearing.State, [.. byHearing[hearing.Id]]))];
    }

    private static HearingDefendantItem Part(HearingDefendant part, string name) =>
        new(part.DefendantId, name, part.Attendance, part.Ordered, part.Results is null ? null : JsonNode.Parse(part.Results));
}
