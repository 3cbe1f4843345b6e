using System.Globalization;
using Assize.Pacing;

namespace Assize.Identity.Operations;

/// <summary>How often somebody may ask: by address, by client, by person and by agency.</summary>
internal sealed class Pace(IdentitySettings settings) : IDisposable
{
    private readonly TokenBuckets _addresses = new(settings.RequestsPerTenSeconds);
    private readonly TokenBuckets _failures = new(settings.RequestsPerTenSeconds);
    private readonly TokenBuckets _strangers = new(settings.RequestsPerTenSeconds);
    private readonly TokenBuckets _clients = new(settings.RequestsPerClient);
    private readonly TokenBuckets _introspections = new(settings.IntrospectionsPerClient);
    private readonly TokenBuckets _subjects = new(settings.RequestsPerSubject);
    private readonly TokenBuckets _agencies = new(settings.RequestsPerAgency);

    public TimeSpan? Address(string address) => _addresses.Take(address);

    /// <summary>Failed proofs of who a client is, which alone count against an address that offers one.</summary>
    public bool MayFail(string address) => _failures.HasLeft(address);

    public void Failed(string address) => _failures.Take(address);

    /// <summary>Tokens that nobody gave out. They have a count of their own: what a browser brings to Host must not cost Host its own proofs.</summary>
    public bool MayBeStrange(string address) => _strangers.HasLeft(address);

    public void Strange(string address) => _strangers.Take(address);

    public TimeSpan? Client(string client) => _clients.Take(client);

    /// <summary>Asking whether tokens live, which Host does for everybody every few seconds.</summary>
    public TimeSpan? Introspection(string client) => _introspections.Take(client);

    public TimeSpan? Subject(string subject) => _subjects.Take(subject);

    /// <param name="what">What an agency does much of must not stop what else it does.</param>
    public TimeSpan? Agency(string agency, string what) => _agencies.Take($"{what} {agency}");

    public void Dispose()
    {
        foreach (TokenBuckets buckets in (TokenBuckets[])[_addresses, _failures, _strangers, _clients, _introspections, _subjects, _agencies])
        {
            buckets.Dispose();
        }
    }
}

/// <summary>429, with when to come back.</summary>
internal sealed class TooMany(TimeSpan wait) : IResult
{
    public static string RetryAfter(TimeSpan wait) => ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    public Task ExecuteAsync(HttpContext httpContext) => RequestLimits.RefuseAsync(
        httpContext, StatusCodes.Status429TooManyRequests, "Too many requests. Nothing was changed. Wait a few seconds and try again.", CancellationToken.None, RetryAfter(wait));
}
