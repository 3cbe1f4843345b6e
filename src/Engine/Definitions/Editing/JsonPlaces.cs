using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>Members that are made where they are missed.</summary>
internal static class JsonPlaces
{
    public static JsonObject Object(JsonObject owner, string member)
    {
        if (owner[member] is not JsonObject found)
        {
            owner[member] = found = [];
        }
        return found;
    }

    public static JsonArray Array(JsonObject owner, string member)
    {
        if (owner[member] is not JsonArray found)
        {
            owner[member] = found = [];
        }
        return found;
    }
}
