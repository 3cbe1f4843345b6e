using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Workflows.Drafting.Rights;

internal static class RightState
{
    /// <summary>Keeps what one administrator decided, unless another did so at the same moment.</summary>
    public static async Task<DraftAnswer> KeepAsync(CaseDb db, IDbContextTransaction transaction, DraftingRight right, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new DraftRefused("already-decided", "Somebody else decided on this a moment ago. Nothing was changed.");
        }
        await transaction.CommitAsync(ct);
        return new DraftingRightKept(right);
    }
}
