CREATE TABLE "mail" (
	"id" text PRIMARY KEY NOT NULL,
	"to" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"fault" text,
	"created_at" bigint NOT NULL,
	"sent_at" bigint
);
--> statement-breakpoint
ALTER TABLE "invitation" DROP CONSTRAINT "invitation_inviter_id_user_id_fk";
--> statement-breakpoint
DROP INDEX "invitation_email";--> statement-breakpoint
ALTER TABLE "invitation" ALTER COLUMN "role" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "invitation" ALTER COLUMN "status" SET DEFAULT 'open';--> statement-breakpoint
ALTER TABLE "member" ALTER COLUMN "role" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "contacts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "archived_at" bigint;--> statement-breakpoint
UPDATE "product" SET "entitlements" = (SELECT coalesce(jsonb_agg(jsonb_build_object('code', "code", 'title', "code")), '[]'::jsonb) FROM jsonb_array_elements_text("entitlements") AS "each" ("code"));--> statement-breakpoint
ALTER TABLE "product" ADD COLUMN "store_url" text;--> statement-breakpoint
ALTER TABLE "product" ADD COLUMN "pricing_url" text;--> statement-breakpoint
ALTER TABLE "product" ADD COLUMN "defaults" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "product" ADD COLUMN "archived_at" bigint;--> statement-breakpoint
DELETE FROM "invitation";--> statement-breakpoint
ALTER TABLE "invitation" ADD COLUMN "code_hash" text NOT NULL;--> statement-breakpoint
CREATE INDEX "mail_next" ON "mail" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "invitation_organization" ON "invitation" USING btree ("organization_id");--> statement-breakpoint
ALTER TABLE "session" DROP COLUMN "active_organization_id";--> statement-breakpoint
INSERT INTO "organization" ("id", "name", "slug") SELECT '00000000-0000-7000-8000-000000000000', 'Vendor', '00000000-0000-7000-8000-000000000000' WHERE EXISTS (SELECT 1 FROM "user" WHERE "staff");--> statement-breakpoint
INSERT INTO "member" ("id", "organization_id", "user_id", "role") SELECT gen_random_uuid()::text, '00000000-0000-7000-8000-000000000000', "id", 'admin' FROM "user" WHERE "staff";--> statement-breakpoint
ALTER TABLE "user" DROP COLUMN "staff";--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_code_hash_unique" UNIQUE("code_hash");