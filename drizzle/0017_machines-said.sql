ALTER TABLE "activation" ADD COLUMN "said" jsonb;--> statement-breakpoint
ALTER TABLE "activation" ADD COLUMN "heard_at" bigint;