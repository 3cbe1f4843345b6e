using OpenIddict.Client;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>A test whose answer was refused is written down with the reason, since the person who tried it sees a page that says little.</summary>
internal sealed class TestFailures(TestSignIn tests) : IOpenIddictClientHandler<ProcessErrorContext>
{
    public static OpenIddictClientHandlerDescriptor Descriptor { get; } = OpenIddictClientHandlerDescriptor
        .CreateBuilder<ProcessErrorContext>().UseScopedHandler<TestFailures>().SetOrder(int.MinValue + 100_000).Build();

    public async ValueTask HandleAsync(ProcessErrorContext context)
    {
        // The state was this browser's and unspent, or no registration would be known.
        if (context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.Registration?.RegistrationId is { } key
            && Registrations.EnrolmentOf(key) is { } enrolment)
        {
            await tests.FailedAsync(enrolment, $"The provider's answer could not be used: {context.ErrorDescription ?? context.Error ?? "no reason was given"}", context.CancellationToken);
        }
    }
}
