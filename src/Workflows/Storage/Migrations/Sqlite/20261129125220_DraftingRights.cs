using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DraftingRights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "drafting_right",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    from_at = table.Column<long>(type: "INTEGER", nullable: false),
                    to_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by_name = table.Column<string>(type: "TEXT", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", nullable: true),
                    decided_by_name = table.Column<string>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    because = table.Column<string>(type: "TEXT", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", nullable: true),
                    ended_by_name = table.Column<string>(type: "TEXT", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drafting_right", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "owned_definition",
                columns: table => new
                {
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owned_definition", x => x.definition_id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_drafting_right_subject_owner",
                table: "drafting_right",
                columns: new[] { "subject", "owner" });

            // Whoever drafted everything until now goes on with the national baseline, until an administrator ends it.
            migrationBuilder.Sql("""
                INSERT INTO drafting_right (id, subject, owner, from_at, reason, state, asked_by, asked_by_name, asked_at, decided_by, decided_by_name, decided_at)
                SELECT 'first-national-' || r.subject, r.subject, 'national', CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER), 'Process owner before there were drafting rights', 'given',
                    'assize', 'Assize', CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER), 'assize', 'Assize', CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)
                FROM (SELECT DISTINCT subject FROM home_role WHERE role = 'process-owner' AND to_at IS NULL) r
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drafting_right");

            migrationBuilder.DropTable(
                name: "owned_definition");
        }
    }
}
