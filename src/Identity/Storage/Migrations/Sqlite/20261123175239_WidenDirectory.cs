using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Assize.Identity.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WidenDirectory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_account_AgencyId",
                table: "account");

            migrationBuilder.AddColumn<string>(
                name: "Agency",
                table: "home_role",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Area",
                table: "home_role",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Authorisations",
                table: "home_role",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Court",
                table: "home_role",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GivenBy",
                table: "home_role",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Jurisdiction",
                table: "home_role",
                type: "TEXT",
                nullable: true,
                defaultValue: "criminal");

            migrationBuilder.AddColumn<string>(
                name: "MaxClassification",
                table: "home_role",
                type: "TEXT",
                nullable: false,
                defaultValue: "private");

            migrationBuilder.AddColumn<string>(
                name: "Process",
                table: "home_role",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "RecertifyBy",
                table: "home_role",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RecordedFrom",
                table: "home_role",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reference",
                table: "home_role",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Area",
                table: "agency",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "account",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CreatedAt",
                table: "account",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Email",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ExternalId",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LeftAt",
                table: "account",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MovedAt",
                table: "account",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PersonId",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Provider",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProviderIssuer",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProviderSubject",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UserName",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "former_role",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedTo = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: true),
                    Jurisdiction = table.Column<string>(type: "TEXT", nullable: true),
                    Agency = table.Column<string>(type: "TEXT", nullable: true),
                    Area = table.Column<string>(type: "TEXT", nullable: true),
                    Court = table.Column<string>(type: "TEXT", nullable: true),
                    MaxClassification = table.Column<string>(type: "TEXT", nullable: false),
                    Authorisations = table.Column<string>(type: "TEXT", nullable: false),
                    RecertifyBy = table.Column<long>(type: "INTEGER", nullable: true),
                    Process = table.Column<string>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", nullable: false),
                    GivenBy = table.Column<string>(type: "TEXT", nullable: true),
                    RecordedFrom = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_former_role", x => new { x.Subject, x.Role, x.From, x.RecordedTo });
                    table.ForeignKey(
                        name: "FK_former_role_account_Subject",
                        column: x => x.Subject,
                        principalTable: "account",
                        principalColumn: "Subject",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "person",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "role_definition",
                columns: table => new
                {
                    Role = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Kinds = table.Column<string>(type: "TEXT", nullable: false),
                    Delegable = table.Column<bool>(type: "INTEGER", nullable: false),
                    AdminLevel = table.Column<int>(type: "INTEGER", nullable: false),
                    MaxClassification = table.Column<string>(type: "TEXT", nullable: false),
                    RecertifyDays = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_definition", x => x.Role);
                });

            migrationBuilder.CreateTable(
                name: "status_period",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_status_period", x => new { x.Kind, x.Key, x.From });
                });

            migrationBuilder.CreateTable(
                name: "team",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    AgencyId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", nullable: true),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_team", x => x.Id);
                    table.ForeignKey(
                        name: "FK_team_agency_AgencyId",
                        column: x => x.AgencyId,
                        principalTable: "agency",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "team_member",
                columns: table => new
                {
                    TeamId = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_team_member", x => new { x.Subject, x.TeamId });
                    table.ForeignKey(
                        name: "FK_team_member_account_Subject",
                        column: x => x.Subject,
                        principalTable: "account",
                        principalColumn: "Subject",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_team_member_team_TeamId",
                        column: x => x.TeamId,
                        principalTable: "team",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_account_AgencyId_ExternalId",
                table: "account",
                columns: new[] { "AgencyId", "ExternalId" });

            migrationBuilder.CreateIndex(
                name: "IX_account_AgencyId_Name_Subject",
                table: "account",
                columns: new[] { "AgencyId", "Name", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_account_AgencyId_UserName",
                table: "account",
                columns: new[] { "AgencyId", "UserName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_account_PersonId",
                table: "account",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_account_Provider_ProviderIssuer_ProviderSubject",
                table: "account",
                columns: new[] { "Provider", "ProviderIssuer", "ProviderSubject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_team_AgencyId_Name",
                table: "team",
                columns: new[] { "AgencyId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_team_Version",
                table: "team",
                column: "Version");

            migrationBuilder.CreateIndex(
                name: "IX_team_member_TeamId",
                table: "team_member",
                column: "TeamId");

            // Roles from before scopes have the usual one, and nobody recorded since when a status holds.
            migrationBuilder.Sql("""UPDATE home_role SET "Agency" = (SELECT "AgencyId" FROM account WHERE account."Subject" = home_role."Subject")""");
            migrationBuilder.Sql("""INSERT INTO status_period ("Kind", "Key", "From", "Status") SELECT 'account', "Subject", 0, "Status" FROM account""");
            migrationBuilder.Sql("""INSERT INTO status_period ("Kind", "Key", "From", "Status") SELECT 'agency', "Id", 0, "Status" FROM agency""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "former_role");

            migrationBuilder.DropTable(
                name: "person");

            migrationBuilder.DropTable(
                name: "role_definition");

            migrationBuilder.DropTable(
                name: "status_period");

            migrationBuilder.DropTable(
                name: "team_member");

            migrationBuilder.DropTable(
                name: "team");

            migrationBuilder.DropIndex(
                name: "IX_account_AgencyId_ExternalId",
                table: "account");

            migrationBuilder.DropIndex(
                name: "IX_account_AgencyId_Name_Subject",
                table: "account");

            migrationBuilder.DropIndex(
                name: "IX_account_AgencyId_UserName",
                table: "account");

            migrationBuilder.DropIndex(
                name: "IX_account_PersonId",
                table: "account");

            migrationBuilder.DropIndex(
                name: "IX_account_Provider_ProviderIssuer_ProviderSubject",
                table: "account");

            migrationBuilder.DropColumn(
                name: "Agency",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "Area",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "Authorisations",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "Court",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "GivenBy",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "Jurisdiction",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "MaxClassification",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "Process",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "RecertifyBy",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "RecordedFrom",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "Reference",
                table: "home_role");

            migrationBuilder.DropColumn(
                name: "Area",
                table: "agency");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "account");

            migrationBuilder.DropColumn(
                name: "CreatedAt",
                table: "account");

            migrationBuilder.DropColumn(
                name: "Email",
                table: "account");

            migrationBuilder.DropColumn(
                name: "ExternalId",
                table: "account");

            migrationBuilder.DropColumn(
                name: "LeftAt",
                table: "account");

            migrationBuilder.DropColumn(
                name: "MovedAt",
                table: "account");

            migrationBuilder.DropColumn(
                name: "PersonId",
                table: "account");

            migrationBuilder.DropColumn(
                name: "Provider",
                table: "account");

            migrationBuilder.DropColumn(
                name: "ProviderIssuer",
                table: "account");

            migrationBuilder.DropColumn(
                name: "ProviderSubject",
                table: "account");

            migrationBuilder.DropColumn(
                name: "UserName",
                table: "account");

            migrationBuilder.CreateIndex(
                name: "IX_account_AgencyId",
                table: "account",
                column: "AgencyId");
        }
    }
}
