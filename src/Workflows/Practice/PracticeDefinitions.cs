using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Practice;

/// <summary>The texts that practice cases run on.</summary>
public static class PracticeDefinitions
{
    /// <summary>Null where the id is none of a practice case, or the case is gone.</summary>
    public static async Task<string?> TextAsync(DbContext db, string definitionId, int version, CancellationToken ct) =>
        PracticeCase.Behind(definitionId) is var (_, caseId)
            ? await db.Set<PracticeCase>().Where(x => x.CaseId == caseId && x.Version == version).Select(x => x.Text).SingleOrDefaultAsync(ct)
            : null;

    /// <summary>The same as the engine chooses it: which version, and what it refers to.</summary>
    internal static async Task<DefinitionUse?> UseAsync(DbContext db, RuleCatalog rules, string definitionId, CancellationToken ct) =>
        PracticeCase.Behind(definitionId) is var (_, caseId)
            && await db.Set<PracticeCase>().Where(x => x.CaseId == caseId).Select(x => x.Text).SingleOrDefaultAsync(ct) is { } text
            ? await rules.UseAsync(db, DefinitionReader.Read(text), ct)
            : null;
}
