namespace Assize.Identity.Administration.Systems;

/// <param name="Code">Short and in lower case; with the agency it makes the client id, for ever.</param>
/// <param name="Key">The public key or a certificate, as PEM text, or a JSON Web Key.</param>
/// <param name="Bound">It gets tokens that are bound to its certificate, and none without.</param>
internal sealed record NewSystem(string? Code, string? Name, string? Key, bool? Bound, string? Reason);

internal sealed record SystemTerms(string? Name, bool? Bound, string? Reason);

internal sealed record NewKey(string? Key, string? Reason);

/// <param name="Keys">How many work.</param>
/// <param name="Waiting">How many wait for a second administrator.</param>
internal sealed record SystemLine(string Id, string Name, string Status, bool Bound, int Keys, int Waiting);

/// <param name="TakesCertificates">Whether tokens can be bound to certificates here.</param>
internal sealed record SystemLines(IReadOnlyList<SystemLine> Items, bool TakesCertificates);

/// <param name="State">"waiting", "expired", "working" or "removed".</param>
/// <param name="Own">The reader added it: somebody else approves it.</param>
internal sealed record KeyLine(
    string Id, string Thumbprint, string Kind, string State, string AddedBy, DateTimeOffset AddedAt, string Reason, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    string? RemovedBy, DateTimeOffset? RemovedAt, bool Own);

/// <summary>A system, and what its makers have to know.</summary>
/// <param name="HasSecret">It may also prove itself by the secret that a demonstration writes to a file.</param>
/// <param name="TokenAddress">Where it asks for a token.</param>
/// <param name="CertificateAddress">Where it asks with its certificate; null where the server takes none.</param>
/// <param name="Audience">What its assertions are meant for.</param>
internal sealed record SystemDetail(
    SystemLine System, IReadOnlyList<KeyLine> Keys, bool HasSecret, Uri TokenAddress, Uri? CertificateAddress, string Audience);
