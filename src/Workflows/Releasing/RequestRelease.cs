using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Releasing;

/// <summary>Asks that a version which is published be released further: elsewhere, from another day, for more cases. Another person decides.</summary>
public sealed class RequestRelease(DraftingRights rights, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, int version, string? note, ReleaseTerms terms, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.RequestPublication, definitionId, ct) is { } denied)
        {
            return denied;
        }
        if (!(await PublishedVersions.LiveNumbersAsync(db, definitionId, ct)).Contains(version))
        {
            return new DraftRefused("version-not-found", $"Version {version} of this workflow is not published, or was retracted: no new case can take it.");
        }
        if (RequestPublication.TooWide(await DraftingRights.OwnerAsync(db, definitionId, ct), terms) is { } wide)
        {
            return wide;
        }
        string written = terms.Write();
        if (await db.PublicationRequests.FirstOrDefaultAsync(x =>
            x.DefinitionId == definitionId && x.Version == version && x.IsRelease && x.State == PublicationState.Waiting && x.Terms == written, ct) is { } same)
        {
            return new PublicationRequested(same);
        }
        WorkflowDefinition definition = DefinitionReader.Read((await PublishedVersions.TextAsync(db, definitionId, version, ct))!);
        PublicationRequest request = Request(caller, definition, note, written);
        db.Add(request);
        DraftAudit.Record(db, caller, AccessActions.RequestPublication, definitionId, request.RequestedAt, new { request = request.Id, release = true, version, terms });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new PublicationRequested(request);
    }

    private PublicationRequest Request(Caller caller, WorkflowDefinition definition, string? note, string terms)
    {
        DateTimeOffset now = DraftAudit.Now(clock);
        return new PublicationRequest
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            DefinitionId = definition.DefinitionId,
            Version = definition.Version,
            Name = definition.Name ?? definition.DefinitionId,
            Hash = DefinitionHash.Of(definition),
            Text = definition.Json.ToJsonString(),
            Agency = caller.Agency,
            Terms = terms,
            IsRelease = true,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
            RequestedBy = caller.Subject,
            RequestedByName = caller.DisplayName,
            RequestedAt = now,
            State = PublicationState.Waiting,
        };
    }
}
