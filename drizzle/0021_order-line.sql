ALTER TABLE "license" ADD COLUMN "purchase_line" text;--> statement-breakpoint
UPDATE "license" SET "purchase_line" = "order_line"."line_id" FROM "order_line" WHERE "order_line"."customer_id" = "license"."customer_id" AND "order_line"."license_id" = "license"."license_id" AND "order_line"."purchase_id" = "license"."purchase" AND "order_line"."outcome" = 'made';
