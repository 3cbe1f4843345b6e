using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "case_id",
                table: "audit_entry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "hash",
                table: "audit_entry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "owner_agency",
                table: "audit_entry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "said",
                table: "audit_entry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "said_digest",
                table: "audit_entry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "said_salt",
                table: "audit_entry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "sequence",
                table: "audit_entry",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_key",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    public_key = table.Column<string>(type: "TEXT", nullable: false),
                    private_key = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_root",
                columns: table => new
                {
                    stream = table.Column<string>(type: "TEXT", nullable: false),
                    to_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    witness = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_root", x => new { x.stream, x.to_sequence });
                });

            migrationBuilder.CreateTable(
                name: "audit_stream",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    rooted_to = table.Column<long>(type: "INTEGER", nullable: false),
                    root_digest = table.Column<string>(type: "TEXT", nullable: false),
                    rooted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_stream", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_agency",
                table: "audit_entry",
                columns: new[] { "agency", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_case",
                table: "audit_entry",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_owner",
                table: "audit_entry",
                columns: new[] { "owner_agency", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_unsealed",
                table: "audit_entry",
                columns: new[] { "agency", "at" },
                filter: "sequence IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_audit_entry_sequence",
                table: "audit_entry",
                columns: new[] { "agency", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_root_witness",
                table: "audit_root",
                column: "witness");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_key");

            migrationBuilder.DropTable(
                name: "audit_root");

            migrationBuilder.DropTable(
                name: "audit_stream");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_agency",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_case",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_owner",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_unsealed",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ux_audit_entry_sequence",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "case_id",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "hash",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "owner_agency",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "said",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "said_digest",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "said_salt",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "sequence",
                table: "audit_entry");
        }
    }
}
