using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Host.Operations.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddSignIns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "host_sign_in",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    @protected = table.Column<byte[]>(name: "protected", type: "BLOB", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_host_sign_in", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_host_sign_in_expires_at",
                table: "host_sign_in",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_host_sign_in_session_id",
                table: "host_sign_in",
                column: "session_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "host_sign_in");
        }
    }
}
