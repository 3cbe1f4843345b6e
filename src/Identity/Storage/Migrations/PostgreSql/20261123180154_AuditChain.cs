using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Identity.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_entry",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Actor = table.Column<string>(type: "text", nullable: false),
                    Agency = table.Column<string>(type: "text", nullable: false),
                    Action = table.Column<string>(type: "text", nullable: false),
                    SubjectKind = table.Column<string>(type: "text", nullable: false),
                    SubjectId = table.Column<string>(type: "text", nullable: false),
                    CaseId = table.Column<string>(type: "text", nullable: true),
                    OwnerAgency = table.Column<string>(type: "text", nullable: true),
                    Detail = table.Column<string>(type: "text", nullable: true),
                    Said = table.Column<string>(type: "text", nullable: true),
                    SaidSalt = table.Column<string>(type: "text", nullable: true),
                    SaidDigest = table.Column<string>(type: "text", nullable: true),
                    Sequence = table.Column<long>(type: "bigint", nullable: true),
                    Hash = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entry", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_key",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    PublicKey = table.Column<string>(type: "text", nullable: false),
                    PrivateKey = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_key", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_root",
                columns: table => new
                {
                    Stream = table.Column<string>(type: "text", nullable: false),
                    ToSequence = table.Column<long>(type: "bigint", nullable: false),
                    Witness = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_root", x => new { x.Stream, x.ToSequence });
                });

            migrationBuilder.CreateTable(
                name: "audit_stream",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false),
                    RootedTo = table.Column<long>(type: "bigint", nullable: false),
                    RootDigest = table.Column<string>(type: "text", nullable: false),
                    RootedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_stream", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_Agency_At",
                table: "audit_entry",
                columns: new[] { "Agency", "At" },
                filter: "\"Sequence\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_Agency_Sequence",
                table: "audit_entry",
                columns: new[] { "Agency", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_entry_SubjectKind_SubjectId",
                table: "audit_entry",
                columns: new[] { "SubjectKind", "SubjectId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_entry");

            migrationBuilder.DropTable(
                name: "audit_key");

            migrationBuilder.DropTable(
                name: "audit_root");

            migrationBuilder.DropTable(
                name: "audit_stream");
        }
    }
}
