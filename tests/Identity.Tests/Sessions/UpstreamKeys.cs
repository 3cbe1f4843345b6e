using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Tests.Sessions;

/// <summary>A provider's key, and one that calls itself the same.</summary>
internal sealed class UpstreamKeys : IDisposable
{
    private readonly RSA _own = RSA.Create(2048), _another = RSA.Create(2048);

    public SecurityKey Public => new RsaSecurityKey(_own.ExportParameters(false)) { KeyId = "k" };

    public SigningCredentials Own => new(new RsaSecurityKey(_own) { KeyId = "k" }, SecurityAlgorithms.RsaSha256);

    public SigningCredentials Another => new(new RsaSecurityKey(_another) { KeyId = "k" }, SecurityAlgorithms.RsaSha256);

    public void Dispose()
    {
        _own.Dispose();
        _another.Dispose();
    }
}
