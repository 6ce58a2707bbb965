CREATE TABLE "give_back" (
	"customer_id" text NOT NULL,
	"act" text NOT NULL,
	"license_id" text NOT NULL,
	"way" text NOT NULL,
	"freed" boolean NOT NULL,
	"cools_until" bigint,
	"jti" text,
	"kid" text,
	"token" text,
	"user_id" text,
	"reason" text,
	"at" bigint NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "give_back_customer_id_act_pk" PRIMARY KEY("customer_id","act")
);
--> statement-breakpoint
CREATE TABLE "revocation" (
	"customer_id" text NOT NULL,
	"license_id" text NOT NULL,
	"seq" integer NOT NULL,
	"acts" jsonb NOT NULL,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"signed_at" bigint NOT NULL,
	CONSTRAINT "revocation_customer_id_license_id_pk" PRIMARY KEY("customer_id","license_id")
);
--> statement-breakpoint
ALTER TABLE "activation" ADD COLUMN "cools_until" bigint;--> statement-breakpoint
ALTER TABLE "activation" ADD COLUMN "files_end_at" bigint;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "returns_per_year" integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "replacements_per_year" integer;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "cool_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "revoked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "give_back_freed" ON "give_back" USING btree ("customer_id","license_id","way","at") WHERE "give_back"."freed";--> statement-breakpoint
CREATE INDEX "give_back_revision" ON "give_back" USING btree ("customer_id","revision");--> statement-breakpoint
CREATE INDEX "activation_cooling" ON "activation" USING btree ("customer_id","license_id","cools_until") WHERE "activation"."state" = 'cooling';--> statement-breakpoint
-- Until now the newest file of an activation was the last to end.
UPDATE "activation" SET "files_end_at" = "expires_at";
