using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using OpenIddict.Abstractions;

namespace Assize.Identity.Administration;

/// <summary>Every request of an admin goes over this desk: who they are now, one transaction, one answer per key, an audit row for what was done and for what was refused.</summary>
internal sealed class AdminDesk(IdentityDb db, DirectoryWriter directory, TimeProvider clock)
{
    public const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;

    public async Task<IResult> ReadAsync(HttpContext http, Func<Admin, DateTimeOffset, Task<Outcome>> read)
    {
        DateTimeOffset now = DirectoryWriter.Microseconds(clock.GetUtcNow());
        Admin? admin = await Admin.FindAsync(db, Subject(http), now, http.RequestAborted);
        Outcome outcome = admin is null ? NoAdmin() : await read(admin, now);
        return Answer(outcome.Status, Text(outcome));
    }

    public async Task<IResult> WriteAsync<T>(HttpContext http, Func<AdminWork, T, Task<Outcome>> write, bool rehearse = false)
        where T : class
    {
        (T? body, string text, Outcome? refusal) = await BodyReader.ReadAsync<T>(http);
        string? key = http.Request.Headers[KeyHeader].ToString() is { Length: > 0 } given ? given : null;
        if (key is not null && (key.Length > LongestKey || !Words.IsOneLine(key)))
        {
            refusal = Outcome.Invalid(KeyHeader, $"Expected at most {LongestKey} characters on one line.");
        }
        if (refusal is not null || body is null)
        {
            refusal ??= Outcome.Refused(StatusCodes.Status400BadRequest, "not_readable", "Expected a body, but there is none. Nothing was changed.");
            return Answer(refusal.Status, Text(refusal));
        }
        Call call = new(Subject(http), http.Request.Method, http.Request.Path, rehearse ? null : key, text, http.RequestAborted);
        (int status, string answer) = await directory.ChangeAsync(unit => RunAsync(unit, call, work => write(work, body), rehearse), http.RequestAborted, keep: !rehearse);
        return Answer(status, answer);
    }

    private async Task<(int Status, string Answer)> RunAsync(DirectoryUnit unit, Call call, Func<AdminWork, Task<Outcome>> write, bool rehearse)
    {
        if (await Admin.FindAsync(db, call.Subject, unit.Now, call.Ct) is not { } admin)
        {
            Outcome stranger = NoAdmin();
            return (stranger.Status, Text(stranger));
        }
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Method} {call.Path}\n{call.Body}")));
        if (call.Key is not null && await db.StoredAnswers.FindAsync([admin.Account.Subject, call.Key], call.Ct) is { } stored)
        {
            Outcome other = Outcome.Refused(StatusCodes.Status422UnprocessableEntity, "key_used", "This key was used for another request. Nothing was changed.");
            return stored.Digest == digest ? (stored.Status, stored.Body) : (other.Status, Text(other));
        }
        Outcome outcome = await write(new AdminWork(unit, admin, call.Ct));
        string answer = Text(outcome);
        if (!outcome.IsDone)
        {
            // Nothing of a refused write stays but the record that it was refused.
            db.ChangeTracker.Clear();
            unit.Shut.Clear();
            AuditLog.Record(db, unit.Now, admin.Actor, "admin.refused", "request", call.Method, JsonSerializer.Serialize(new { code = outcome.Code }));
        }
        if (call.Key is not null && !rehearse)
        {
            db.StoredAnswers.Add(new StoredAnswer { Caller = admin.Account.Subject, Key = call.Key, Digest = digest, Status = outcome.Status, Body = outcome.Again is null ? answer : JsonSerializer.Serialize(outcome.Again, BodyReader.Json), At = unit.Now });
        }
        return (outcome.Status, answer);
    }

    private static string? Subject(HttpContext http) => http.User.GetClaim(OpenIddictConstants.Claims.Subject);

    private static Outcome NoAdmin() => Outcome.Forbidden("not_admin", "Only an administrator may do this.");

    private static string Text(Outcome outcome) => JsonSerializer.Serialize(outcome.Body, BodyReader.Json);

    private static IResult Answer(int status, string text) =>
        Results.Content(text, status < StatusCodes.Status400BadRequest ? "application/json" : "application/problem+json", Encoding.UTF8, status);

    private sealed record Call(string? Subject, string Method, string Path, string? Key, string Body, CancellationToken Ct);
}
