using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Sessions;

internal static class SessionMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<PersonSession>(session =>
        {
            session.ToTable("person_session").HasKey(x => x.Id);
            session.HasMany(x => x.Clients).WithOne().HasForeignKey(x => x.SessionId).OnDelete(DeleteBehavior.Cascade);
            session.HasIndex(x => new { x.Subject, x.EndedAt });
            session.HasIndex(x => new { x.Upstream, x.UpstreamSession });
        });
        model.Entity<SessionClient>().ToTable("session_client").HasKey(x => new { x.SessionId, x.ClientId });
        model.Entity<LogoutNotice>(notice =>
        {
            notice.ToTable("logout_notice").HasKey(x => x.Id);
            notice.HasIndex(x => x.DueAt);
        });
        model.Entity<SpentToken>(spent =>
        {
            spent.ToTable("spent_token").HasKey(x => x.Id);
            spent.HasIndex(x => x.ExpiresAt);
        });
        model.Entity<CodeFailure>().ToTable("code_failure").HasKey(x => x.TokenId);
    }
}
