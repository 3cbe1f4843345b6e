using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PracticeCases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "saved_in",
                table: "workflow_draft",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "practice_case",
                columns: table => new
                {
                    case_id = table.Column<string>(type: "text", nullable: false),
                    definition_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kept_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_practice_case", x => x.case_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_practice_case_kept",
                table: "practice_case",
                column: "kept_until");

            migrationBuilder.CreateIndex(
                name: "ix_practice_case_starter",
                table: "practice_case",
                column: "started_by");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "practice_case");

            migrationBuilder.DropColumn(
                name: "saved_in",
                table: "workflow_draft");
        }
    }
}
