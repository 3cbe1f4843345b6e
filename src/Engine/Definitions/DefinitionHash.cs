namespace Assize.Engine.Definitions;

/// <summary>What makes two files the same definition, whoever stored them.</summary>
public static class DefinitionHash
{
    /// <summary>SHA-256, lower hex, over canonical JSON without the members that a server assigns.</summary>
    public static string Of(string json) => throw new NotImplementedException(json);
}
