CREATE TABLE "trial" (
	"product" text NOT NULL,
	"hash" text NOT NULL,
	"act" text NOT NULL,
	"license_id" text NOT NULL,
	"fp" jsonb NOT NULL,
	"started_at" bigint NOT NULL,
	CONSTRAINT "trial_product_hash_act_pk" PRIMARY KEY("product","hash","act")
);
--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "upgraded_to" text;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "upgraded_from" text;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "trial_days" integer;