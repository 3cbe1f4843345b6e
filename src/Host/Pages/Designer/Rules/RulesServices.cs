using Assize.Host.Pages.Designer.Overlays;
using Assize.Host.Queries;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>What the pages of forms, tables, calendars, code lists and overlays need.</summary>
internal static class RulesServices
{
    public static IServiceCollection AddRules(this IServiceCollection services) => services.AddSingleton<RuleQueries>().AddSingleton<OverlayQueries>().AddSingleton<OverlayRun>().AddSingleton<RuleRun>().AddSingleton<RuleChecking>();
}
