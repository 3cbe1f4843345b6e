using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Postgres
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
                    id = table.Column<string>(type: "text", nullable: false),
                    definition_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    same = table.Column<int>(type: "integer", nullable: false),
                    moves = table.Column<int>(type: "integer", nullable: false),
                    needs_mapping = table.Column<int>(type: "integer", nullable: false),
                    stranded = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rehearsal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rehearsal_case",
                columns: table => new
                {
                    rehearsal_id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    @class = table.Column<int>(name: "class", type: "integer", nullable: false),
                    instance_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    activity_id = table.Column<string>(type: "text", nullable: true),
                    words = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: true)
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
