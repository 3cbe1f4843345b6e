namespace Assize.TestKit.Databases;

/// <summary>The two databases that Assize runs on; a theory takes both.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
