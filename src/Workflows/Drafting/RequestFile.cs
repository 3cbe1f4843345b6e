using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Asks that a file be published, as an operator's command does. It is verified first; a process owner decides.</summary>
public sealed class RequestFile(DefinitionCheck check, TimeProvider clock)
{
    private static readonly Caller s_operator = new("operator", "", [], "An operator, from a file", true, "definitions-command");

    public async Task<DraftAnswer> RunAsync(CaseDb db, string text, CancellationToken ct)
    {
        WorkflowDefinition definition = DefinitionReader.Read(text);
        string hash = DefinitionHash.Of(definition);
        // Before the transaction: it may take a while, and holds nobody up.
        await check.RunAsync(db, definition, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        if (await ObjectionAsync(db, definition, hash, ct) is { } refused)
        {
            return refused;
        }
        List<PublicationRequest> waiting = await db.PublicationRequests
            .Where(x => x.DefinitionId == definition.DefinitionId && x.State == PublicationState.Waiting && !x.IsRelease).ToListAsync(ct);
        if (waiting.Find(x => x.Hash == hash) is { } same)
        {
            return new PublicationRequested(same);
        }
        waiting.ForEach(earlier => earlier.State = PublicationState.Superseded);
        PublicationRequest request = Request(definition, text, hash);
        db.Add(request);
        DraftAudit.Record(db, s_operator, AccessActions.RequestPublication, request.DefinitionId, request.RequestedAt, new { request = request.Id, request.Version, request.Hash });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new PublicationRequested(request);
    }

    private async Task<DraftRefused?> ObjectionAsync(CaseDb db, WorkflowDefinition definition, string hash, CancellationToken ct)
    {
        (string id, int version) = (definition.DefinitionId, definition.Version);
        if (await PublishedVersions.TextAsync(db, id, version, ct) is { } published)
        {
            string known = DefinitionHash.Of(published);
            return known == hash
                ? new DraftRefused("already-published", $"{id} {version} is published already, with the same content.")
                : new DraftRefused("number-taken", $"Expected {id} {version} to be as published ({known}), but the file differs ({hash}): give it a number of its own.");
        }
        int next = await PublishedVersions.NewestAsync(db, id, ct) + 1;
        return version < next ? new DraftRefused("number-passed", $"Expected {id} to be version {next} or later, since {next - 1} is published, but the file is {version}.")
            : DraftRefused.Of(await check.RunWithoutWaitAsync(db, definition, ct), $"{id} {version} cannot be published yet.");
    }

    private PublicationRequest Request(WorkflowDefinition definition, string text, string hash)
    {
        DateTimeOffset now = DraftAudit.Now(clock);
        return new PublicationRequest
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            DefinitionId = definition.DefinitionId,
            Version = definition.Version,
            Name = definition.Name ?? definition.DefinitionId,
            Hash = hash,
            Text = text,
            Agency = s_operator.Agency,
            Terms = ReleaseTerms.Usual.Write(),
            RequestedBy = s_operator.Subject,
            RequestedByName = s_operator.DisplayName,
            RequestedAt = now,
            State = PublicationState.Waiting,
        };
    }
}
