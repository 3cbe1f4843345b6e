using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>The one place that says who may do what. Writes ask it after the lock, inside the transaction.</summary>
public interface IAccessEvaluator
{
    /// <summary>Loads the facts in one statement on the context's own transaction, and decides.</summary>
    Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct);

    /// <summary>Decides on facts that came with the command's own load, without a statement of its own.</summary>
    AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts);
}
