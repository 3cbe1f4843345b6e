using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "practice_case",
                columns: table => new
                {
                    case_id = table.Column<string>(type: "TEXT", nullable: false),
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    agency = table.Column<string>(type: "TEXT", nullable: false),
                    started_by = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    kept_until = table.Column<long>(type: "INTEGER", nullable: false)
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
