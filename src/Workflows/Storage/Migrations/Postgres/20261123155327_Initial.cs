using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Assize.Workflows.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "agency",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agency", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entry",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<string>(type: "text", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_file",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    urn = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    owner_agency = table.Column<string>(type: "text", nullable: false),
                    prosecuting_authority = table.Column<string>(type: "text", nullable: false),
                    court_ou = table.Column<string>(type: "text", nullable: false),
                    area = table.Column<string>(type: "text", nullable: false),
                    classification = table.Column<string>(type: "text", nullable: false),
                    legal_date = table.Column<DateOnly>(type: "date", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    concluded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    practice = table.Column<bool>(type: "boolean", nullable: false),
                    participants = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_file", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_participant",
                columns: table => new
                {
                    case_id = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_participant", x => new { x.case_id, x.agency });
                });

            migrationBuilder.CreateTable(
                name: "defendant",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    case_id = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    is_youth = table.Column<bool>(type: "boolean", nullable: false),
                    bail_status = table.Column<string>(type: "text", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_defendant", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_cursor",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_cursor", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_definition",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published_by = table.Column<string>(type: "text", nullable: false),
                    retracted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_definition", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "engine_event",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: true),
                    taken = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_instance",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    parent_id = table.Column<string>(type: "text", nullable: true),
                    definition_id = table.Column<string>(type: "text", nullable: false),
                    definition_version = table.Column<int>(type: "integer", nullable: false),
                    running = table.Column<bool>(type: "boolean", nullable: false),
                    sub_status = table.Column<string>(type: "text", nullable: false),
                    incidents = table.Column<int>(type: "integer", nullable: false),
                    correlation_id = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_instance", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_journal",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    instance_id = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    request_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    definition_id = table.Column<string>(type: "text", nullable: false),
                    definition_version = table.Column<int>(type: "integer", nullable: false),
                    stimulus = table.Column<string>(type: "text", nullable: false),
                    payload_digest = table.Column<string>(type: "text", nullable: true),
                    notes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_journal", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "engine_outbox",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    instance_id = table.Column<string>(type: "text", nullable: true),
                    request_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_payload",
                columns: table => new
                {
                    digest = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_payload", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "engine_request",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    body_digest = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_unit",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_unit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "engine_wait",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    instance_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    activity_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true),
                    due = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    open = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_engine_wait", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hearing",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    case_id = table.Column<string>(type: "text", nullable: false),
                    court_ou = table.Column<string>(type: "text", nullable: false),
                    court_name = table.Column<string>(type: "text", nullable: false),
                    hearing_type = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hearing", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hearing_defendant",
                columns: table => new
                {
                    hearing_id = table.Column<string>(type: "text", nullable: false),
                    defendant_id = table.Column<string>(type: "text", nullable: false),
                    attendance = table.Column<string>(type: "text", nullable: true),
                    ordered = table.Column<string>(type: "text", nullable: true),
                    results = table.Column<string>(type: "text", nullable: true),
                    shared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hearing_defendant", x => new { x.hearing_id, x.defendant_id });
                });

            migrationBuilder.CreateTable(
                name: "home_role",
                columns: table => new
                {
                    subject = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home_role", x => new { x.subject, x.role, x.from_at });
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    defendant_id = table.Column<string>(type: "text", nullable: true),
                    agency = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    wait_id = table.Column<string>(type: "text", nullable: true),
                    instance_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "offence",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    defendant_id = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    wording = table.Column<string>(type: "text", nullable: false),
                    mode_of_trial = table.Column<string>(type: "text", nullable: false),
                    start_date = table.Column<DateOnly>(type: "date", nullable: true),
                    plea = table.Column<string>(type: "text", nullable: true),
                    verdict = table.Column<string>(type: "text", nullable: true),
                    conviction_date = table.Column<DateOnly>(type: "date", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_offence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person",
                columns: table => new
                {
                    subject = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    is_system = table.Column<bool>(type: "boolean", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person", x => x.subject);
                });

            migrationBuilder.CreateTable(
                name: "published_resource",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_published_resource", x => new { x.kind, x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "received_message",
                columns: table => new
                {
                    submission_id = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_received_message", x => x.submission_id);
                });

            migrationBuilder.CreateTable(
                name: "reference_item",
                columns: table => new
                {
                    list = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    from_day = table.Column<DateOnly>(type: "date", nullable: false),
                    to_day = table.Column<DateOnly>(type: "date", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reference_item", x => new { x.list, x.code, x.from_day });
                });

            migrationBuilder.CreateTable(
                name: "reference_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reference_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submission",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    sender = table.Column<string>(type: "text", nullable: false),
                    sent_by = table.Column<string>(type: "text", nullable: false),
                    authority = table.Column<string>(type: "text", nullable: false),
                    urn = table.Column<string>(type: "text", nullable: false),
                    open_urn = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<string>(type: "text", nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    canonical = table.Column<string>(type: "text", nullable: false),
                    unmapped = table.Column<string>(type: "text", nullable: false),
                    corrections = table.Column<string>(type: "text", nullable: false),
                    problems = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    case_id = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submission", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "work_task",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<string>(type: "text", nullable: false),
                    case_id = table.Column<string>(type: "text", nullable: true),
                    instance_id = table.Column<string>(type: "text", nullable: false),
                    defendant_id = table.Column<string>(type: "text", nullable: true),
                    hearing_id = table.Column<string>(type: "text", nullable: true),
                    submission_id = table.Column<string>(type: "text", nullable: true),
                    activity_id = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    instructions = table.Column<string>(type: "text", nullable: false),
                    lane_agency = table.Column<string>(type: "text", nullable: false),
                    lane_role = table.Column<string>(type: "text", nullable: false),
                    form_id = table.Column<string>(type: "text", nullable: false),
                    form_version = table.Column<int>(type: "integer", nullable: false),
                    outcomes = table.Column<string>(type: "text", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    statutory = table.Column<bool>(type: "boolean", nullable: false),
                    not_by = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    assignee = table.Column<string>(type: "text", nullable: true),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    completed_by = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undo = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_work_task", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject",
                table: "audit_entry",
                columns: new[] { "subject_kind", "subject_id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_file_created",
                table: "case_file",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_file_urn",
                table: "case_file",
                column: "urn",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_case_participant_agency",
                table: "case_participant",
                column: "agency");

            migrationBuilder.CreateIndex(
                name: "ix_defendant_case",
                table: "defendant",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_engine_event_unit",
                table: "engine_event",
                columns: new[] { "unit_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_engine_instance_definition",
                table: "engine_instance",
                column: "definition_id");

            migrationBuilder.CreateIndex(
                name: "ix_engine_instance_unit",
                table: "engine_instance",
                columns: new[] { "unit_id", "running" });

            migrationBuilder.CreateIndex(
                name: "ix_engine_journal_unit",
                table: "engine_journal",
                columns: new[] { "unit_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ux_engine_journal_sequence",
                table: "engine_journal",
                columns: new[] { "instance_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_engine_outbox_next",
                table: "engine_outbox",
                column: "next_at",
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_engine_outbox_unit",
                table: "engine_outbox",
                columns: new[] { "unit_id", "request_id" });

            migrationBuilder.CreateIndex(
                name: "ix_engine_wait_due",
                table: "engine_wait",
                column: "due",
                filter: "open AND kind = 'Timer'");

            migrationBuilder.CreateIndex(
                name: "ix_engine_wait_event",
                table: "engine_wait",
                column: "name",
                filter: "open AND kind = 'Event'");

            migrationBuilder.CreateIndex(
                name: "ix_engine_wait_unit",
                table: "engine_wait",
                column: "unit_id",
                filter: "open");

            migrationBuilder.CreateIndex(
                name: "ix_hearing_case",
                table: "hearing",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_hearing_court_day",
                table: "hearing",
                columns: new[] { "court_ou", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_hearing_defendant_defendant",
                table: "hearing_defendant",
                column: "defendant_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_case",
                table: "message",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_mailbox",
                table: "message",
                columns: new[] { "agency", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_offence_defendant",
                table: "offence",
                column: "defendant_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_agency",
                table: "person",
                column: "agency");

            migrationBuilder.CreateIndex(
                name: "ix_submission_case",
                table: "submission",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_submission_sender",
                table: "submission",
                columns: new[] { "sender", "received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_submission_open_urn",
                table: "submission",
                column: "open_urn",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_work_task_assignee",
                table: "work_task",
                columns: new[] { "assignee", "state", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_task_case",
                table: "work_task",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_work_task_lane",
                table: "work_task",
                columns: new[] { "lane_agency", "state", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_task_unit",
                table: "work_task",
                column: "unit_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agency");

            migrationBuilder.DropTable(
                name: "audit_entry");

            migrationBuilder.DropTable(
                name: "case_file");

            migrationBuilder.DropTable(
                name: "case_participant");

            migrationBuilder.DropTable(
                name: "defendant");

            migrationBuilder.DropTable(
                name: "directory_cursor");

            migrationBuilder.DropTable(
                name: "engine_definition");

            migrationBuilder.DropTable(
                name: "engine_event");

            migrationBuilder.DropTable(
                name: "engine_instance");

            migrationBuilder.DropTable(
                name: "engine_journal");

            migrationBuilder.DropTable(
                name: "engine_outbox");

            migrationBuilder.DropTable(
                name: "engine_payload");

            migrationBuilder.DropTable(
                name: "engine_request");

            migrationBuilder.DropTable(
                name: "engine_unit");

            migrationBuilder.DropTable(
                name: "engine_wait");

            migrationBuilder.DropTable(
                name: "hearing");

            migrationBuilder.DropTable(
                name: "hearing_defendant");

            migrationBuilder.DropTable(
                name: "home_role");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "offence");

            migrationBuilder.DropTable(
                name: "person");

            migrationBuilder.DropTable(
                name: "published_resource");

            migrationBuilder.DropTable(
                name: "received_message");

            migrationBuilder.DropTable(
                name: "reference_item");

            migrationBuilder.DropTable(
                name: "reference_version");

            migrationBuilder.DropTable(
                name: "submission");

            migrationBuilder.DropTable(
                name: "work_task");
        }
    }
}
