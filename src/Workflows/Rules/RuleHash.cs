using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Workflows.Rules;

/// <summary>What makes two files the same form, table or calendar: their content, whatever the layout or order of members.</summary>
public static class RuleHash
{
    public static string Of(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(JsonNode.Parse(json)))));
}
