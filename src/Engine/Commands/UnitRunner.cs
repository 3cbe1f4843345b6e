using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>The one road that every command takes.</summary>
public sealed class UnitRunner(DefinitionCatalog definitions, IUnitOwner owner, TimeProvider clock)
{
    /// <summary>Runs a command in a transaction of its own on the given context and commits it.</summary>
    public Task<CommandAnswer> RunAsync(DbContext db, UnitCommand command, CancellationToken ct)
        => throw new NotImplementedException($"{definitions} {owner} {clock}");
}
