using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Releasing;

/// <summary>Runs what people ask about releases on pages.</summary>
public sealed class ReleaseRun(CaseDatabase database, TermsCheck check, RequestPublication publication, RequestRelease release)
{
    /// <param name="version">Null: the draft, which is published with its release.</param>
    public async Task<(DraftAnswer? Answer, IReadOnlyList<TermsProblem> Problems)> AskAsync(
        Caller caller, string definitionId, int? version, string? note, ReleaseTerms asked, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var (terms, problems) = await check.RunAsync(db, asked, ct);
        return problems.Count > 0 ? (null, problems)
            : (version is { } number ? await release.RunAsync(db, caller, definitionId, number, note, terms, ct) : await publication.RunAsync(db, caller, definitionId, note, ct, terms), []);
    }
}
