ALTER TABLE "license" ADD COLUMN "reference" text;--> statement-breakpoint
CREATE UNIQUE INDEX "license_reference" ON "license" USING btree ("reference") WHERE "license"."reference" is not null;