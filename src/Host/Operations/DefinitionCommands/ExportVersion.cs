using System.Globalization;
using Assize.Engine.Storage;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Operations.DefinitionCommands;

internal static class ExportVersion
{
    public static async Task<int> RunAsync(HostSettings settings, string named, TextWriter output, CancellationToken ct)
    {
        await output.WriteAsync(await TextAsync(settings, named, ct));
        return 0;
    }

    /// <summary>The text of a published version, named as "id" for the newest or "id@version".</summary>
    /// <exception cref="InvalidDataException">There is no such version.</exception>
    public static async Task<string> TextAsync(HostSettings settings, string named, CancellationToken ct)
    {
        var parts = named.Split('@');
        int? version = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        await using var database = CaseDatabase.Open(settings.Database, settings.SqlitePath);
        await database.MigrateAsync(ct);
        await using var db = database.CreateDbContext();
        if (RuleName.Parse(parts[0]) is { } rule)
        {
            return await PublishedVersions.TextAsync(db, parts[0], version ?? (parts.Length == 1 ? await PublishedVersions.NewestAsync(db, parts[0], ct) : 0), ct)
                ?? (parts.Length == 1 && rule.Kind == RuleName.List ? await InForceAsync(db, rule, ct) : null) ?? throw Unknown(named);
        }

        var published = db.Set<DefinitionRow>().AsNoTracking().Where(row => row.Id == parts[0]);
        return (parts.Length == 1 || version is not null
                ? await published.Where(row => version == null || row.Version == version).OrderByDescending(row => row.Version).Select(row => row.Text).FirstOrDefaultAsync(ct)
                : null)
            ?? throw Unknown(named);
    }

    private static async Task<string?> InForceAsync(CaseDb db, RuleName rule, CancellationToken ct) =>
        await ListInForce.FindAsync(db, new ReferenceStore(), rule.Id, ct) is { } list ? RuleText.Store(rule, list, 1) : null;

    private static InvalidDataException Unknown(string named) => new($"Expected a file, or a published version as <id>@<version>, but there is no “{named}”.");
}
