namespace Assize.Audit;

/// <summary>Who did what to which thing; committed with the write it describes, by the real clock. The sealer numbers and chains it afterwards.</summary>
public sealed class AuditEntry
{
    public required string Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }

    /// <summary>The actor's home agency, whose stream this is in.</summary>
    public required string Agency { get; init; }
    public required string Action { get; init; }

    /// <summary>What sort of thing it was done to: "case", "task", "submission", "message", "person" and so on.</summary>
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }
    public string? CaseId { get; init; }

    /// <summary>The agency that owned the case at that time.</summary>
    public string? OwnerAgency { get; init; }

    /// <summary>JSON text: what is needed to understand the act, never personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>What a person wrote (a reason, a note), which may be personal: outside the hash, and gone once erased.</summary>
    public string? Said { get; set; }
    public string? SaidSalt { get; set; }

    /// <summary>What the hash knows of <see cref="Said"/>.</summary>
    public string? SaidDigest { get; init; }

    /// <summary>Its place in the stream; null until it is sealed.</summary>
    public long? Sequence { get; set; }

    /// <summary>The chain's value up to and with this record, in hexadecimal.</summary>
    public string? Hash { get; set; }
}

/// <summary>How far a stream is sealed, and how far it is under a signed root.</summary>
public sealed class AuditStream
{
    /// <summary>What acts by itself, for nobody's agency.</summary>
    public const string Assize = "assize";

    public required string Id { get; init; }
    public required long Sequence { get; set; }
    public required string Hash { get; set; }
    public required long RootedTo { get; set; }

    /// <summary>Digest of the newest root; empty where there is none.</summary>
    public required string RootDigest { get; set; }
    public DateTimeOffset? RootedAt { get; set; }
}

/// <summary>A signed root as it was handed out, for ever.</summary>
public sealed class AuditRoot
{
    public required string Stream { get; init; }
    public required long ToSequence { get; init; }

    /// <summary>The other agency that it is handed to.</summary>
    public required string Witness { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>JSON text of the <see cref="Statement"/>.</summary>
    public required string Text { get; init; }
}

/// <summary>A key that roots are signed with; its private half is encrypted with a secret that is not in the database.</summary>
public sealed class AuditKey
{
    public required string Id { get; init; }
    public required string PublicKey { get; init; }
    public required string PrivateKey { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
