using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Asks that a file be published, as an operator's command does. It is verified first; a process owner decides.</summary>
public sealed class RequestFile(DraftCheck check, TimeProvider clock)
{
    private static readonly Caller s_operator = new("operator", "", [], "An operator, from a file", true, "definitions-command");

    public async Task<DraftAnswer> RunAsync(CaseDb db, DefinitionFile file, CancellationToken ct)
    {
        string key = file.Kind == "workflow" ? file.Id : new RuleName(file.Kind, file.Id).ToString(), hash = file.Hash();
        // Before the transaction: it may take a while, and holds nobody up.
        await check.RunAsync(db, key, file.Text, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        if (await ObjectionAsync(db, file, key, hash, ct) is { } refused)
        {
            return refused;
        }
        List<PublicationRequest> waiting = await db.PublicationRequests
            .Where(x => x.DefinitionId == key && x.State == PublicationState.Waiting && !x.IsRelease).ToListAsync(ct);
        if (waiting.Find(x => x.Hash == hash) is { } same)
        {
            return new PublicationRequested(same);
        }
        if (RuleName.Parse(key) is { Kind: RuleName.Overlay } overlay)
        {
            await OverlayOwner.KeepAsync(db, overlay, OverlayOwner.Of(Overlay.Read(file.Text)), ct);
        }
        waiting.ForEach(earlier => earlier.State = PublicationState.Superseded);
        PublicationRequest request = Request(file, key, hash);
        db.Add(request);
        DraftAudit.Record(db, s_operator, AccessActions.RequestPublication, request.DefinitionId, request.RequestedAt, new { request = request.Id, request.Version, request.Hash });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new PublicationRequested(request);
    }

    private async Task<DraftRefused?> ObjectionAsync(CaseDb db, DefinitionFile file, string id, string hash, CancellationToken ct)
    {
        int version = file.Version;
        if (await PublishedVersions.TextAsync(db, id, version, ct) is { } published)
        {
            string known = DraftText.HashOf(id, published);
            return known == hash
                ? new DraftRefused("already-published", $"{id} {version} is published already, with the same content.")
                : new DraftRefused("number-taken", $"Expected {id} {version} to be as published ({known}), but the file differs ({hash}): give it a number of its own.");
        }
        int next = await PublishedVersions.NewestAsync(db, id, ct) + 1;
        return version < next ? new DraftRefused("number-passed", $"Expected {id} to be version {next} or later, since {next - 1} is published, but the file is {version}.")
            : DraftRefused.Of(await check.RunWithoutWaitAsync(db, id, file.Text, ct), $"{id} {version} cannot be published yet.");
    }

    private PublicationRequest Request(DefinitionFile file, string key, string hash)
    {
        DateTimeOffset now = DraftAudit.Now(clock);
        return new PublicationRequest
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            DefinitionId = key,
            Version = file.Version,
            Name = NameOf(file),
            Hash = hash,
            Text = file.Text,
            Agency = s_operator.Agency,
            Terms = file.Kind == "workflow" ? ReleaseTerms.Usual.Write() : null,
            RequestedBy = s_operator.Subject,
            RequestedByName = s_operator.DisplayName,
            RequestedAt = now,
            State = PublicationState.Waiting,
        };
    }

    private static string NameOf(DefinitionFile file) => file.Kind == "workflow" ? DefinitionReader.Read(file.Text).Name ?? file.Id
        : RuleJson.Read(file.Text) is { } json ? RuleText.TitleOf(new RuleName(file.Kind, file.Id), json) : file.Id;
}
