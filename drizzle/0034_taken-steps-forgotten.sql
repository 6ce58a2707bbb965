-- Marks that are there already are kept as long as if they were made now.
ALTER TABLE "taken_step" ADD COLUMN "taken_at" bigint NOT NULL DEFAULT extract(epoch from now())::bigint;--> statement-breakpoint
ALTER TABLE "taken_step" ALTER COLUMN "taken_at" DROP DEFAULT;
