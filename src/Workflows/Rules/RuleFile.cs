using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assize.Workflows.Rules;

/// <summary>Reads the JSON of a form, a decision table or a calendar. Unknown members are refused: a mistyped one would be silently ignored.</summary>
public static class RuleFile
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static T Read<T>(string json, Func<T, IEnumerable<string>> problems)
    {
        T file = Parse<T>(json);
        List<string> found = [.. problems(file)];
        return found.Count == 0 ? file : throw new RuleFileUnreadable(found);
    }

    private static T Parse<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, s_options)
                ?? throw new RuleFileUnreadable(["Expected an object, but the file holds null."]);
        }
        catch (JsonException broken)
        {
            throw new RuleFileUnreadable([$"Expected a file of the documented format, but at {broken.Path ?? "$"}: {broken.Message}"]);
        }
    }
}

/// <summary>A form, table or calendar that cannot be used, with everything that is wrong with it.</summary>
public sealed class RuleFileUnreadable(IReadOnlyList<string> problems) : Exception(string.Join(" ", problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
