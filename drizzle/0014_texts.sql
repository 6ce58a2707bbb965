ALTER TABLE "activation" ADD COLUMN "texts" jsonb;--> statement-breakpoint
ALTER TABLE "license" ADD COLUMN "note" jsonb;