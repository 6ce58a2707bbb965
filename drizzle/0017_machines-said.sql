ALTER TABLE "activation" ADD COLUMN "said" jsonb;--> statement-breakpoint
ALTER TABLE "activation" ADD COLUMN "heard_at" bigint;--> statement-breakpoint
UPDATE "customer" SET "revision" = "revision" + 1 WHERE "customer_id" IN (SELECT "customer_id" FROM "activation" WHERE "overage");--> statement-breakpoint
UPDATE "activation" SET "revision" = "customer"."revision" FROM "customer" WHERE "customer"."customer_id" = "activation"."customer_id" AND "activation"."overage";
