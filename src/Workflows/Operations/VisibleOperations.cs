using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Operations;

/// <summary>Whose operations somebody sees and steers: their own agency's, and those begun on the command line if they run the platform.</summary>
public sealed class VisibleOperations(IAccessEvaluator access)
{
    public async Task<IQueryable<TrackedOperation>> OfAsync(CaseDb db, Caller caller, CancellationToken ct)
    {
        if (!(await access.CheckAsync(db, caller, AccessActions.ReadOperation, AccessTarget.None, ct)).Allowed)
        {
            return db.Operations.Where(_ => false);
        }
        bool isPlatform = (await access.CheckAsync(db, caller, AccessActions.ImportReference, AccessTarget.None, ct)).Allowed;
        return db.Operations.Where(operation => operation.Agency == caller.Agency || (isPlatform && operation.Agency == Caller.Assize.Agency));
    }
}
