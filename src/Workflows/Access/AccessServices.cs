using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Workflows.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<SealedRefusals>().AddSingleton<AddAgency>().AddSingleton<WithdrawAgency>().AddSingleton<RecordParty>().AddSingleton<EndParty>()
        .AddSingleton<GiveCaseRole>().AddSingleton<EndGrant>().AddSingleton<CertifyGrant>()
        .AddSingleton<RequestCross>().AddSingleton<ChangeCross>().AddSingleton<SponsorCross>().AddSingleton<ConsentCross>().AddSingleton<RefuseCross>()
        .AddSingleton<ClaimChallenged>().AddSingleton<ClaimEmergency>().AddSingleton<ReviewAccess>().AddSingleton<EscalateReviews>()
        .AddSingleton<DeclareExclusion>().AddSingleton<RemoveExclusion>()
        .AddSingleton<ProposeProtection>().AddSingleton<ConfirmProposal>().AddSingleton<RefuseProposal>()
        .AddSingleton<NewestCases>().AddSingleton<ExplainAccess>().AddSingleton<SimulateChange>();
}
