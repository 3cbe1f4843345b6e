namespace Assize.Host.Access;

/// <param name="TakesCertificates">Whether tokens can be bound to certificates.</param>
public sealed record SystemLines(IReadOnlyList<SystemLine> Items, bool TakesCertificates);

/// <summary>A system of the administrator's own agency.</summary>
/// <param name="Id">Its client id.</param>
/// <param name="Status">"pending", "active", "suspended" or "left".</param>
/// <param name="Bound">It gets tokens that are bound to its certificate, and no others.</param>
/// <param name="Keys">How many work.</param>
/// <param name="Waiting">How many wait for a second administrator.</param>
public sealed record SystemLine(string Id, string Name, string Status, bool Bound, int Keys, int Waiting);

/// <param name="Kind">Such as "RSA 3072" or "P-256".</param>
/// <param name="State">"waiting", "expired", "working" or "removed".</param>
/// <param name="Own">The reader added it: somebody else approves it.</param>
public sealed record SystemKeyLine(
    string Id, string Thumbprint, string Kind, string State, string AddedBy, DateTimeOffset AddedAt, string Reason, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    string? RemovedBy, DateTimeOffset? RemovedAt, bool Own)
{
    public bool IsRemoved => State == "removed";
}

/// <param name="HasSecret">It may also prove itself by a demonstration's secret.</param>
/// <param name="CertificateAddress">Null where the server takes no certificates.</param>
/// <param name="Audience">What its assertions are meant for.</param>
public sealed record SystemDetail(
    SystemLine System, IReadOnlyList<SystemKeyLine> Keys, bool HasSecret, Uri TokenAddress, Uri? CertificateAddress, string Audience);
