using Assize.Engine.Commands;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Practice;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Practice;

/// <summary>The commands on a practice case that its page gives, at business time.</summary>
public sealed class PracticeRun(CaseDatabase database, BusinessClock clock, StartPractice start, AnswerPractice answers, DeletePractice delete)
{
    public async Task<CommandAnswer> StartAsync(Caller caller, string request, string definitionId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await start.RunAsync(db, caller, request, clock.GetUtcNow(), definitionId, trigger: null, given: null, ct);
    }

    public async Task<CommandAnswer> AnswerAsync(Caller caller, string request, string caseId, PracticeAnswer answer, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await answers.RunAsync(db, caller, request, clock.GetUtcNow(), caseId, answer, ct);
    }

    public async Task<bool> DeleteAsync(Caller caller, string caseId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await delete.RunAsync(db, caller, caseId, ct);
    }
}
