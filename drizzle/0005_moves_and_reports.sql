ALTER TABLE "customer" ADD COLUMN "reset_revision" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "successor" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "reported_epoch" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "reported_at" bigint;