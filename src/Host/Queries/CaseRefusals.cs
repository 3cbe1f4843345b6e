using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>What somebody may do about a case that their roles do not open. A sealed case, and one that is not there, leave nothing to do.</summary>
public enum WayIn { None, Open, Challenge, StepUp }

public sealed class CaseRefusals(CaseDatabase database, IAccessEvaluator access)
{
    public async Task<WayIn> AskAsync(Caller caller, string urn, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var id = await db.Cases.Where(file => file.Urn == urn).Select(file => file.Id).SingleOrDefaultAsync(ct);
        var decision = await access.CheckAsync(db, caller, AccessActions.ReadCase, AccessTarget.Case(id ?? ""), ct);
        return decision.Allowed ? WayIn.Open
            : decision.Code == AccessCodes.StepUp ? WayIn.StepUp
            : decision.Verdict?.Hint == Hint.Challenge ? WayIn.Challenge
            : WayIn.None;
    }
}
