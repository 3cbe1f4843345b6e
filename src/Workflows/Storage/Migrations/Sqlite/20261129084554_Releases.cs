using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Releases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_release",
                table: "publication_request",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "terms",
                table: "publication_request",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "release",
                table: "engine_journal",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "catalog_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_catalog_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "workflow_release",
                columns: table => new
                {
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    area = table.Column<string>(type: "TEXT", nullable: true),
                    court = table.Column<string>(type: "TEXT", nullable: true),
                    force = table.Column<string>(type: "TEXT", nullable: true),
                    share = table.Column<int>(type: "INTEGER", nullable: false),
                    incident_limit = table.Column<int>(type: "INTEGER", nullable: true),
                    late_limit = table.Column<int>(type: "INTEGER", nullable: true),
                    replaces = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    asked_by_name = table.Column<string>(type: "TEXT", nullable: false),
                    approved_by_name = table.Column<string>(type: "TEXT", nullable: false),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_by_name = table.Column<string>(type: "TEXT", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workflow_release", x => new { x.definition_id, x.number });
                });

            migrationBuilder.CreateIndex(
                name: "ix_engine_journal_release",
                table: "engine_journal",
                columns: new[] { "definition_id", "release" },
                filter: "release IS NOT NULL");

            // What every new case took until now is the first release of its workflow.
            migrationBuilder.Sql(
                """
                INSERT INTO workflow_release (definition_id, number, version, share, state, asked_by_name, approved_by_name, approved_at)
                SELECT id, 1, max(version), 100, 'live', 'Before there were releases', 'Before there were releases', max(published_at)
                FROM engine_definition WHERE retracted_at IS NULL GROUP BY id
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalog_version");

            migrationBuilder.DropTable(
                name: "workflow_release");

            migrationBuilder.DropIndex(
                name: "ix_engine_journal_release",
                table: "engine_journal");

            migrationBuilder.DropColumn(
                name: "is_release",
                table: "publication_request");

            migrationBuilder.DropColumn(
                name: "terms",
                table: "publication_request");

            migrationBuilder.DropColumn(
                name: "release",
                table: "engine_journal");
        }
    }
}
