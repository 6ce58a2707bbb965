-- A command is claimed in the catalog; what became of it is its customer's, stored with its effect.
CREATE TABLE "command_result" (
	"customer_id" text NOT NULL,
	"id" text NOT NULL,
	"passed" integer,
	"request" text,
	"refusal" jsonb,
	"kid" text,
	"token" text,
	"settled_at" bigint NOT NULL,
	CONSTRAINT "command_result_customer_id_id_pk" PRIMARY KEY("customer_id","id")
);
--> statement-breakpoint
-- What was no customer's is the vendor's own.
UPDATE "command" SET "customer_id" = '00000000-0000-7000-8000-000000000000' WHERE "customer_id" IS NULL;--> statement-breakpoint
INSERT INTO "command_result" ("customer_id", "id", "request", "refusal", "kid", "token", "settled_at")
	SELECT "customer_id", "id", "request", "refusal", "kid", "token", "settled_at" FROM "command";--> statement-breakpoint
ALTER TABLE "command" DROP CONSTRAINT "command_id";--> statement-breakpoint
DROP INDEX "command_no_seat";--> statement-breakpoint
ALTER TABLE "command" ADD COLUMN "moves" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "command_result_no_seat" ON "command_result" USING btree ("customer_id","settled_at") WHERE "command_result"."request" is null and "command_result"."refusal"->>'refused' = 'SEAT_LIMIT_REACHED';--> statement-breakpoint
CREATE UNIQUE INDEX "command_id" ON "command" USING btree ("id") WHERE "command"."customer_id" is not null;--> statement-breakpoint
ALTER TABLE "command" DROP COLUMN "request";--> statement-breakpoint
ALTER TABLE "command" DROP COLUMN "refusal";--> statement-breakpoint
ALTER TABLE "command" DROP COLUMN "kid";--> statement-breakpoint
ALTER TABLE "command" DROP COLUMN "token";--> statement-breakpoint
ALTER TABLE "command" DROP COLUMN "settled_at";
