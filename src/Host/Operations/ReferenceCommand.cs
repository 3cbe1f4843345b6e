using System.Runtime.InteropServices;
using System.Text.Json;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Operations;

/// <summary>
/// <c>reference import &lt;folder&gt;</c>: takes the public code lists over those that ship with Assize. Interrupted, it goes on when it is run again.
/// <c>reference cancel</c>: leaves an unfinished import.
/// </summary>
internal static class ReferenceCommand
{
    private const int Usage = 2;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(HostSettings settings, string[] args, TextWriter output, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            await using var database = CaseDatabase.Open(settings.Database, settings.SqlitePath);
            await database.MigrateAsync(ct);
            return args switch
            {
                ["import", var folder] => await ImportAsync(database, folder, output, stop.Token),
                ["cancel"] => await CancelAsync(database, output, stop.Token),
                _ => await SayAsync(output, "Expected reference import <folder>, or reference cancel.", Usage),
            };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return await SayAsync(output, $"{unreadable.Message} Nothing was changed.", 1);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await SayAsync(output, "Interrupted. The lists in force are unchanged. Run the command again to go on, or reference cancel to leave it.", 1);
        }
    }

    private static async Task<int> ImportAsync(CaseDatabase database, string folder, TextWriter output, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (await ImportFolder.BeginAsync(db, Caller.Assize, folder, TimeProvider.System.GetUtcNow(), ct) is not { } operation)
        {
            return await SayAsync(output, $"Expected a folder with code lists such as cjs-offences.json, but {folder} has none. Nothing was changed.", 1);
        }

        if (JsonSerializer.Deserialize<ImportSettings>(operation.Settings, JsonSerializerOptions.Web)!.Folder != Path.GetFullPath(folder))
        {
            return await SayAsync(output, "Another import was left unfinished. Run it again with its own folder, or reference cancel to leave it. Nothing was changed.", 1);
        }

        return await DriveAsync(database, operation.Id, output, ct);
    }

    private static async Task<int> CancelAsync(CaseDatabase database, TextWriter output, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var open = await db.Operations.SingleOrDefaultAsync(x => x.Kind == ImportReference.Name && OperationState.Open.Contains(x.State), ct);
        if (open is null)
        {
            return await SayAsync(output, "No import is unfinished. Nothing was changed.", 1);
        }

        (open.Wish, open.State) = (OperationWish.Cancel, open.State == OperationState.Paused ? OperationState.Waiting : open.State);
        await db.SaveChangesAsync(ct);
        return await DriveAsync(database, open.Id, output, ct);
    }

    private static async Task<int> DriveAsync(CaseDatabase database, string id, TextWriter output, CancellationToken ct)
    {
        var runner = new RunOperations(database, [new ImportReference().Kind], TimeProvider.System);
        long told = -1;
        while (true)
        {
            var worked = await runner.RunTurnAsync(id, s_turn, ct);
            await using var db = database.CreateDbContext();
            var operation = await db.Operations.AsNoTracking().SingleAsync(x => x.Id == id, ct);
            if (operation.Done != told)
            {
                await output.WriteLineAsync($"{operation.Done} items read.");
                told = operation.Done;
            }

            if (!OperationState.Runnable.Contains(operation.State))
            {
                return await EndAsync(operation, output);
            }

            if (!worked)
            {
                await output.WriteLineAsync(operation.Failure ?? "It is being worked on elsewhere, or was interrupted a moment ago. Waiting for its turn.");
                await Task.Delay(TimeSpan.FromSeconds(5), ct);
            }
        }
    }

    private static async Task<int> EndAsync(TrackedOperation operation, TextWriter output)
    {
        switch (operation.State)
        {
            case OperationState.Completed:
                foreach (var (list, count) in JsonSerializer.Deserialize<Dictionary<string, int>>(operation.Outcome!)!)
                {
                    await output.WriteLineAsync($"Took {count} items of {list}.");
                }

                return 0;
            case OperationState.Cancelled:
                return await SayAsync(output, "The import is cancelled. The lists in force are unchanged.", 0);
            case OperationState.Paused:
                return await SayAsync(output, "The import is paused. It can be resumed under Operations.", 1);
            default:
                return await SayAsync(output, operation.Failure ?? "The import failed.", 1);
        }
    }

    private static async Task<int> SayAsync(TextWriter output, string words, int code)
    {
        await output.WriteLineAsync(words);
        return code;
    }
}
