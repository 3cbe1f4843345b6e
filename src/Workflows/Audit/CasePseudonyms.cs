using System.Security.Cryptography;
using System.Text;
using Assize.Audit;

namespace Assize.Workflows.Audit;

/// <summary>What a case is called where somebody reads who may not know of it: always the same, and nobody's without the hosts' secret.</summary>
public sealed class CasePseudonyms(AuditSettings settings)
{
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => SHA256.HashData(Encoding.UTF8.GetBytes($"cases:{SecretFile.ReadOrMake(settings.SecretFile)}")));

    public string Of(string caseId) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(caseId)))[..Length];
}
