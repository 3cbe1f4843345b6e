namespace Assize.Engine.Commands;

/// <summary>Which unit a command locks, found by the lock statement itself.</summary>
public sealed class UnitAddress
{
    private UnitAddress(string select, string value, bool isNew) => (Select, Value, IsNew) = (select, value, isNew);

    /// <summary>SQL for the unit's id; its only parameter is <c>@address</c>.</summary>
    internal string Select { get; }
    internal string Value { get; }
    internal bool IsNew { get; }

    public static UnitAddress Existing(string unitId) => new("@address", unitId, false);

    /// <summary>The unit is made if it does not exist; either way its row is locked.</summary>
    public static UnitAddress New(string unitId) => new("@address", unitId, true);

    public static UnitAddress ByWait(string waitId) => ByRow("engine_wait", waitId);

    public static UnitAddress ByInstance(string instanceId) => ByRow("engine_instance", instanceId);

    /// <summary>By a unique column of a table whose id is the unit's.</summary>
    public static UnitAddress ByColumn(string table, string column, string value) => new($"(SELECT id FROM {table} WHERE {column} = @address)", value, false);

    /// <summary>By a row of a table with columns id and unit_id.</summary>
    public static UnitAddress ByRow(string table, string id) => new($"(SELECT unit_id FROM {table} WHERE id = @address)", id, false);
}
