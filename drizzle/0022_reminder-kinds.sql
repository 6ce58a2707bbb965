ALTER TABLE "reminded_person" ADD COLUMN "off" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
UPDATE "reminded_person" SET "off" = '["ends", "seats", "refused"]' WHERE "is_off";--> statement-breakpoint
CREATE INDEX "request_not_granted" ON "request" USING btree ("customer_id","decided_at") WHERE "request"."state" <> 'granted';--> statement-breakpoint
ALTER TABLE "reminded_person" DROP COLUMN "is_off";