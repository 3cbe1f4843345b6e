using OpenIddict.Abstractions;

namespace Assize.Identity.Operations;

/// <summary>Provisioning and administration are counted by the agency that was proved, however many tokens and addresses it asks with.</summary>
internal static class AgencyPace
{
    private static readonly string[] s_counted = ["/scim", "/api/admin"];

    public static void UseAgencyPace(this WebApplication app) => app.Use(async (context, next) =>
    {
        string? what = s_counted.FirstOrDefault(path => context.Request.Path.StartsWithSegments(path));
        if (what is not null && context.User.GetClaim("agency") is { } agency && app.Services.GetRequiredService<Pace>().Agency(agency, what) is { } wait)
        {
            await new TooMany(wait).ExecuteAsync(context);
            return;
        }
        await next(context);
    });
}
