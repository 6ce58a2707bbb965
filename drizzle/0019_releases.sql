CREATE TABLE "release_file" (
	"product" text NOT NULL,
	"version" text NOT NULL,
	"id" text NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"url" text,
	"created_at" bigint NOT NULL,
	CONSTRAINT "release_file_product_version_id_pk" PRIMARY KEY("product","version","id")
);
--> statement-breakpoint
CREATE TABLE "release" (
	"product" text NOT NULL,
	"version" text NOT NULL,
	"released_at" bigint NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"entitlements" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"withdrawn_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "release_product_version_pk" PRIMARY KEY("product","version")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "release_file_name" ON "release_file" USING btree ("product","version","name");