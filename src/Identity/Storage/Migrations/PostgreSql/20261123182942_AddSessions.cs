using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Identity.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class AddSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "code_failure",
                columns: table => new
                {
                    TokenId = table.Column<string>(type: "text", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_code_failure", x => x.TokenId);
                });

            migrationBuilder.CreateTable(
                name: "logout_notice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    SessionId = table.Column<string>(type: "text", nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: false),
                    ClientId = table.Column<string>(type: "text", nullable: false),
                    Address = table.Column<string>(type: "text", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logout_notice", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "person_session",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: false),
                    AgencyId = table.Column<string>(type: "text", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBecause = table.Column<string>(type: "text", nullable: true),
                    Acr = table.Column<string>(type: "text", nullable: false),
                    AddressHint = table.Column<string>(type: "text", nullable: true),
                    Upstream = table.Column<string>(type: "text", nullable: true),
                    UpstreamSubject = table.Column<string>(type: "text", nullable: true),
                    UpstreamSession = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_session", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "spent_token",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spent_token", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "session_client",
                columns: table => new
                {
                    SessionId = table.Column<string>(type: "text", nullable: false),
                    ClientId = table.Column<string>(type: "text", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LogoutAddress = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_client", x => new { x.SessionId, x.ClientId });
                    table.ForeignKey(
                        name: "FK_session_client_person_session_SessionId",
                        column: x => x.SessionId,
                        principalTable: "person_session",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_logout_notice_DueAt",
                table: "logout_notice",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_person_session_Subject_EndedAt",
                table: "person_session",
                columns: new[] { "Subject", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_person_session_Upstream_UpstreamSession",
                table: "person_session",
                columns: new[] { "Upstream", "UpstreamSession" });

            migrationBuilder.CreateIndex(
                name: "IX_spent_token_ExpiresAt",
                table: "spent_token",
                column: "ExpiresAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "code_failure");

            migrationBuilder.DropTable(
                name: "logout_notice");

            migrationBuilder.DropTable(
                name: "session_client");

            migrationBuilder.DropTable(
                name: "spent_token");

            migrationBuilder.DropTable(
                name: "person_session");
        }
    }
}
