using System.Text.Json;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Storage;

namespace Assize.Host.Operations;

/// <summary><c>reference import &lt;folder&gt;</c>: takes the public code lists over those that ship with Assize.</summary>
internal static class ReferenceCommand
{
    private const int Usage = 2;

    public static async Task<int> RunAsync(HostSettings settings, string[] args, TextWriter output, CancellationToken ct)
    {
        if (args is not ["import", var folder])
        {
            await output.WriteLineAsync("Expected reference import <folder>.");
            return Usage;
        }

        try
        {
            await using var database = CaseDatabase.Open(settings.Database, settings.SqlitePath);
            await database.MigrateAsync(ct);
            await using var db = database.CreateDbContext();
            var taken = await ImportReference.RunAsync(db, folder, ct);
            foreach (var (list, count) in taken)
            {
                await output.WriteLineAsync($"Took {count} items of {list}.");
            }

            if (taken.Count == 0)
            {
                await output.WriteLineAsync($"Expected a folder with code lists such as cjs-offences.json, but {folder} has none. Nothing was changed.");
            }

            return taken.Count == 0 ? 1 : 0;
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException or JsonException)
        {
            await output.WriteLineAsync($"{unreadable.Message} Nothing was changed.");
            return 1;
        }
    }
}
