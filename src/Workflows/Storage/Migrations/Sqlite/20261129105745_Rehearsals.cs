using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Rehearsals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "rehearsal",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    agency = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    same = table.Column<int>(type: "INTEGER", nullable: false),
                    moves = table.Column<int>(type: "INTEGER", nullable: false),
                    needs_mapping = table.Column<int>(type: "INTEGER", nullable: false),
                    stranded = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rehearsal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rehearsal_case",
                columns: table => new
                {
                    rehearsal_id = table.Column<string>(type: "TEXT", nullable: false),
                    unit_id = table.Column<string>(type: "TEXT", nullable: false),
                    @class = table.Column<int>(name: "class", type: "INTEGER", nullable: false),
                    instance_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    activity_id = table.Column<string>(type: "TEXT", nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rehearsal_case", x => new { x.rehearsal_id, x.unit_id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_rehearsal_definition_id_created_at",
                table: "rehearsal",
                columns: new[] { "definition_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_rehearsal_case_rehearsal_id_class_unit_id",
                table: "rehearsal_case",
                columns: new[] { "rehearsal_id", "class", "unit_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rehearsal");

            migrationBuilder.DropTable(
                name: "rehearsal_case");
        }
    }
}
