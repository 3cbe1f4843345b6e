using System.Runtime.CompilerServices;
using Assize.Engine.Commands;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>The submission of a command's session: just received, or loaded once after the lock.</summary>
internal static class SessionSubmission
{
    private static readonly ConditionalWeakTable<UnitSession, Submission> s_known = [];

    public static void Set(UnitSession session, Submission submission) => s_known.AddOrUpdate(session, submission);

    public static async Task<Submission> GetAsync(UnitSession session, CancellationToken ct)
    {
        if (s_known.TryGetValue(session, out Submission? known))
        {
            return known;
        }

        Submission loaded = session.One<Submission>() ?? await session.Db.Set<Submission>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == session.UnitId, ct)
            ?? throw new InvalidOperationException($"Expected the unit {session.UnitId} to be a submission, but it is none.");
        Set(session, loaded);
        return loaded;
    }
}
