using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Overlays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "effective_version",
                columns: table => new
                {
                    workflow = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    baseline = table.Column<int>(type: "INTEGER", nullable: false),
                    force_overlay = table.Column<string>(type: "TEXT", nullable: false),
                    force_version = table.Column<int>(type: "INTEGER", nullable: false),
                    area_overlay = table.Column<string>(type: "TEXT", nullable: false),
                    area_version = table.Column<int>(type: "INTEGER", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_effective_version", x => new { x.workflow, x.version });
                });

            migrationBuilder.CreateTable(
                name: "published_overlay",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    workflow = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: false),
                    retired_at = table.Column<long>(type: "INTEGER", nullable: true),
                    retired_by_name = table.Column<string>(type: "TEXT", nullable: true),
                    retired_reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_published_overlay", x => new { x.id, x.version });
                });

            migrationBuilder.CreateIndex(
                name: "IX_effective_version_workflow_baseline_force_overlay_force_version_area_overlay_area_version",
                table: "effective_version",
                columns: new[] { "workflow", "baseline", "force_overlay", "force_version", "area_overlay", "area_version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_published_overlay_workflow",
                table: "published_overlay",
                column: "workflow");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "effective_version");

            migrationBuilder.DropTable(
                name: "published_overlay");
        }
    }
}
