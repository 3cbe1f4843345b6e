using Assize.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>The cases that may be named to somebody: all that are not sealed, and of the sealed ones those that they have.</summary>
public static class KnownCases
{
    public static IQueryable<CaseFile> To(Caller caller, IAccessEvaluator access, DbContext db)
    {
        IQueryable<CaseFile> theirs = access.VisibleCases(db, caller);
        return db.Set<CaseFile>().Where(file => !file.Sealed || theirs.Any(seen => seen.Id == file.Id));
    }
}
