CREATE TABLE "reminded_person" (
	"user_id" text PRIMARY KEY NOT NULL,
	"is_off" boolean DEFAULT false NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"told_on" integer
);
--> statement-breakpoint
CREATE TABLE "reminder" (
	"user_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"license_id" text NOT NULL,
	"about" text NOT NULL,
	"at" bigint NOT NULL,
	"step" integer NOT NULL,
	CONSTRAINT "reminder_user_id_customer_id_license_id_about_at_step_pk" PRIMARY KEY("user_id","customer_id","license_id","about","at","step")
);
--> statement-breakpoint
ALTER TABLE "reminded_person" ADD CONSTRAINT "reminded_person_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;