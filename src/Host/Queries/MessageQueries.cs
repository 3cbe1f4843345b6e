using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>An agency's mailbox.</summary>
public sealed class MessageQueries(CaseDatabase database, IAccessEvaluator access, BusinessClock clock)
{
    /// <summary>The oldest first; marks what it gives as sent. Null where the cursor is none of this list.</summary>
    public async Task<Page<MessageItem>?> ListAsync(Caller caller, string? cursor, int limit, bool all, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var messages = access.VisibleMessages(db, caller).AsNoTracking().Where(message => all || message.AcknowledgedAt == null);
        if (after is [var micros, var id])
        {
            var created = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            messages = messages.Where(message => message.CreatedAt > created || (message.CreatedAt == created && message.Id.CompareTo(id) > 0));
        }

        var rows = await messages.OrderBy(message => message.CreatedAt).ThenBy(message => message.Id).Take(limit + 1)
            .Select(message => new { Message = message, Urn = db.Set<CaseFile>().Where(file => file.Id == message.CaseId).Select(file => file.Urn).FirstOrDefault() })
            .ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        if (!await MarkSentAsync(db, [.. page.Where(row => row.Message.State == MessageState.Queued).Select(row => row.Message.Id)], ct))
        {
            // One of them was withdrawn this moment: its completion was taken back.
            var ids = page.Select(row => row.Message.Id).ToList();
            var left = await db.Messages.Where(message => ids.Contains(message.Id)).Select(message => message.Id).ToListAsync(ct);
            page.RemoveAll(row => !left.Contains(row.Message.Id));
        }

        return new Page<MessageItem>(
            [.. page.Select(row => Item(row.Message, row.Urn))],
            rows.Count > limit
                ? Cursor.Write(InstantConversion.ToMicroseconds(rows[limit - 1].Message.CreatedAt).ToString(CultureInfo.InvariantCulture), rows[limit - 1].Message.Id)
                : null);
    }

    // Committed before the answer leaves: whoever takes the completion back finds that the message may have been read.
    private async Task<bool> MarkSentAsync(CaseDb db, List<string> ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return ids.Count == 0 || ids.Count == await db.Messages.Where(message => ids.Contains(message.Id) && message.State == MessageState.Queued)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.State, MessageState.Sent).SetProperty(message => message.FetchedAt, now), ct);
    }

    private static MessageItem Item(AgencyMessage message, string? urn) => new(
        message.Id, message.Kind, urn, message.State == MessageState.Queued ? MessageState.Sent : message.State,
        message.CreatedAt, message.AcknowledgedAt, JsonNode.Parse(message.Payload));
}
