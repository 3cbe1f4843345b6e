using Assize.Host.Queries;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>What the pages of forms, tables, calendars and code lists need.</summary>
internal static class RulesServices
{
    public static IServiceCollection AddRules(this IServiceCollection services) => services.AddSingleton<RuleQueries>().AddSingleton<RuleRun>().AddSingleton<RuleChecking>();
}
