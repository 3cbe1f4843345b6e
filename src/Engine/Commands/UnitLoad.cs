namespace Assize.Engine.Commands;

/// <summary>The rows that a command reads after its lock, in the same round trip.</summary>
public sealed class UnitLoad
{
    /// <summary>SQL for the unit's id, usable in conditions of <see cref="Many"/>; the parameter behind it is bound already.</summary>
    public string UnitId => throw new NotImplementedException();

    /// <summary>At most one row, joined to the engine's own load: costs no statement. The condition names its columns with <c>t.</c></summary>
    public void One<T>(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : class => throw new NotImplementedException();

    /// <summary>Any number of rows: one statement more in the same round trip.</summary>
    public void Many<T>(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : class => throw new NotImplementedException();
}
