using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SecondApproval : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "first_approved_at",
                table: "publication_request",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "first_approved_by",
                table: "publication_request",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "first_approved_by_name",
                table: "publication_request",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "first_approved_at",
                table: "publication_request");

            migrationBuilder.DropColumn(
                name: "first_approved_by",
                table: "publication_request");

            migrationBuilder.DropColumn(
                name: "first_approved_by_name",
                table: "publication_request");
        }
    }
}
