using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CaseAreaBesideParticipants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "case_area",
                table: "case_participant",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql("UPDATE case_participant SET case_area = (SELECT f.area FROM case_file f WHERE f.id = case_participant.case_id)");

            migrationBuilder.CreateIndex(
                name: "ix_case_participant_area",
                table: "case_participant",
                columns: new[] { "agency", "case_area", "case_created_at", "case_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_case_participant_area",
                table: "case_participant");

            migrationBuilder.DropColumn(
                name: "case_area",
                table: "case_participant");
        }
    }
}
