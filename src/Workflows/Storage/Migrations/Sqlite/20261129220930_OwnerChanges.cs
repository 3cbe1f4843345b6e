using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OwnerChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "owner_change",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    from_owner = table.Column<string>(type: "TEXT", nullable: false),
                    to_owner = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by_name = table.Column<string>(type: "TEXT", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by_name = table.Column<string>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_owner_change", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_owner_change_definition_id",
                table: "owner_change",
                column: "definition_id");

            // Roles that the directory sent before courts' codes were kept in capitals.
            migrationBuilder.Sql("UPDATE home_role SET court = upper(court) WHERE court <> upper(court)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "owner_change");
        }
    }
}
