using System.Collections.Concurrent;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Cases;
using Assize.Workflows.Forms;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>The form of a task. A published version never changes, so it is read once.</summary>
public sealed class FormQueries(CaseDatabase database)
{
    private readonly ConcurrentDictionary<(string Id, int Version), PublishedForm> _forms = new();

    /// <summary>Null where the task has no form, or an unpublished one.</summary>
    public async Task<PublishedForm?> FindAsync(WorkTask task, CancellationToken ct)
    {
        if (_forms.TryGetValue((task.FormId, task.FormVersion), out var known))
        {
            return known;
        }

        await using var db = database.CreateDbContext();
        var text = await db.PublishedResources.AsNoTracking()
            .Where(resource => resource.Kind == "form" && resource.Id == task.FormId && resource.Version == task.FormVersion)
            .Select(resource => resource.Text).SingleOrDefaultAsync(ct);
        return text is null ? null : _forms[(task.FormId, task.FormVersion)] = new PublishedForm(Form.Read(text), text);
    }

    public async Task<IReadOnlyList<TaskOffence>> OffencesAsync(WorkTask task, CancellationToken ct)
    {
        if (task.CaseId is null)
        {
            return [];
        }

        await using var db = database.CreateDbContext();
        var rows = await db.Defendants.AsNoTracking().Where(defendant => defendant.CaseId == task.CaseId && (task.DefendantId == null || defendant.Id == task.DefendantId))
            .Join(db.Offences, defendant => defendant.Id, offence => offence.DefendantId, (defendant, offence) => new { defendant.Ordinal, defendant.Name, Offence = offence })
            .Where(row => row.Offence.WithdrawnOn == null).OrderBy(row => row.Ordinal).ThenBy(row => row.Offence.Sequence).ToListAsync(ct);
        return [.. rows.Select(row => new TaskOffence(
            row.Offence.Sequence, row.Offence.Code, row.Offence.Title, row.Ordinal, row.Name, AlternativeCharge.Name(row.Ordinal, row.Offence.Sequence)))];
    }
}

/// <summary>A form and its text as published.</summary>
public sealed record PublishedForm(Form Form, string Text);
