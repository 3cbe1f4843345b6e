using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Assize.Workflows.Access.Deciding;

/// <summary>The numbers of the access rules, as data with a day from which they hold.</summary>
public sealed record AccessPolicy
{
    private static readonly Lazy<IReadOnlyList<AccessPolicy>> s_all = new(ReadAll);

    public required string Version { get; init; }
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>What decided these numbers.</summary>
    public required string Source { get; init; }
    public required AssuranceRules Assurance { get; init; }

    /// <summary>The longest a cross-agency grant may run, by classification; "sealed" for a sealed case.</summary>
    public required IReadOnlyDictionary<string, int> CrossLongestDays { get; init; }
    public required int CrossRecertifyDays { get; init; }
    public required int MoverRecertifyDays { get; init; }
    public required int ChallengedLongestHours { get; init; }
    public required int ChallengedADay { get; init; }
    public required IReadOnlyList<string> ChallengedCategories { get; init; }
    public required int BreakGlassMinutes { get; init; }

    /// <summary>How often a day somebody may claim in an emergency while an access of theirs is overdue for review; null: as often as they say.</summary>
    public int? BreakGlassADayOverdue { get; init; }

    /// <summary>Spaces do not count.</summary>
    public required int ReasonLeastCharacters { get; init; }
    public required int ReviewWorkingDays { get; init; }

    /// <summary>The policy that holds at an instant, by the real clock.</summary>
    public static AccessPolicy At(DateTimeOffset instant)
    {
        DateOnly day = DateOnly.FromDateTime(instant.UtcDateTime);
        foreach (AccessPolicy policy in s_all.Value)
        {
            if (policy.EffectiveFrom <= day)
            {
                return policy;
            }
        }
        return s_all.Value[^1];
    }

    private static List<AccessPolicy> ReadAll()
    {
        Assembly assembly = typeof(AccessPolicy).Assembly;
        List<AccessPolicy> all = [];
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("AccessPolicy.", StringComparison.Ordinal)))
        {
            using Stream text = assembly.GetManifestResourceStream(name)!;
            all.Add(JsonSerializer.Deserialize<AccessPolicy>(text, JsonSerializerOptions.Web)
                ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Expected a policy in {name}, but it is empty.")));
        }
        return [.. all.OrderByDescending(policy => policy.EffectiveFrom)];
    }
}

/// <summary>How well and how recently one must have signed in.</summary>
public sealed record AssuranceRules
{
    public required AssuranceRule Ordinary { get; init; }
    public required AssuranceRule Restricted { get; init; }
    public required AssuranceRule Sealed { get; init; }

    public AssuranceRule For(CaseFacts? file) => file switch
    {
        null => Ordinary,
        { Sealed: true } => Sealed,
        { Classification: Classification.Public or Classification.Private } => Ordinary,
        _ => Restricted,
    };
}

public sealed record AssuranceRule
{
    public required int Acr { get; init; }
    public required double SignInHours { get; init; }
}
