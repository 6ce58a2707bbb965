CREATE TABLE "activation_component" (
	"customer_id" text NOT NULL,
	"license_id" text NOT NULL,
	"hash" text NOT NULL,
	"act" text NOT NULL,
	CONSTRAINT "activation_component_customer_id_license_id_hash_act_pk" PRIMARY KEY("customer_id","license_id","hash","act")
);
--> statement-breakpoint
CREATE TABLE "activation_file" (
	"customer_id" text NOT NULL,
	"jti" text NOT NULL,
	"act" text NOT NULL,
	"gen" integer NOT NULL,
	"request" text NOT NULL,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"signed_at" bigint NOT NULL,
	CONSTRAINT "activation_file_customer_id_jti_pk" PRIMARY KEY("customer_id","jti"),
	CONSTRAINT "activation_generation" UNIQUE("customer_id","act","gen")
);
--> statement-breakpoint
CREATE TABLE "activation" (
	"customer_id" text NOT NULL,
	"act" text NOT NULL,
	"license_id" text NOT NULL,
	"state" text NOT NULL,
	"cools_until" bigint,
	"gen" integer NOT NULL,
	"fp" jsonb NOT NULL,
	"first_key" text,
	"held" text,
	"label" text,
	"name" text NOT NULL,
	"granted_at" bigint NOT NULL,
	"expires_at" bigint,
	"files_end_at" bigint,
	"request" text NOT NULL,
	"overage" boolean DEFAULT false NOT NULL,
	"drawn" boolean DEFAULT false NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "activation_customer_id_act_pk" PRIMARY KEY("customer_id","act")
);
--> statement-breakpoint
CREATE TABLE "allotment" (
	"customer_id" text NOT NULL,
	"allotment" text NOT NULL,
	"license_id" text NOT NULL,
	"outbox" text NOT NULL,
	"jkt" text NOT NULL,
	"user_id" text NOT NULL,
	"desk" text NOT NULL,
	"max" integer NOT NULL,
	"reserved" integer NOT NULL,
	"state" text NOT NULL,
	"issue_until" bigint NOT NULL,
	"files_until" bigint NOT NULL,
	"drawn" jsonb,
	"close_token" text,
	"ended_by" text,
	"reason" text,
	"ended_at" bigint,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"created_at" bigint NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "allotment_customer_id_allotment_pk" PRIMARY KEY("customer_id","allotment"),
	CONSTRAINT "allotment_reserved" CHECK ("allotment"."reserved" >= 0 and "allotment"."reserved" <= "allotment"."max")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"customer_id" text NOT NULL,
	"n" bigint NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "audit_customer_id_n_pk" PRIMARY KEY("customer_id","n")
);
--> statement-breakpoint
CREATE TABLE "command" (
	"outbox" text NOT NULL,
	"n" integer NOT NULL,
	"id" text NOT NULL,
	"hash" text NOT NULL,
	"customer_id" text,
	"request" text,
	"refusal" jsonb,
	"kid" text,
	"token" text,
	"settled_at" bigint NOT NULL,
	CONSTRAINT "command_outbox_n_pk" PRIMARY KEY("outbox","n"),
	CONSTRAINT "command_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "customer" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"reset_revision" bigint DEFAULT 0 NOT NULL,
	"audit_n" bigint DEFAULT 0 NOT NULL,
	"audit_hash" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory" (
	"key" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"license_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draw" (
	"customer_id" text NOT NULL,
	"jti" text NOT NULL,
	"allotment" text NOT NULL,
	"slot" integer NOT NULL,
	"drawn_act" text NOT NULL,
	"act" text NOT NULL,
	"state" text NOT NULL,
	"gen" integer NOT NULL,
	"request" text NOT NULL,
	"jkt" text NOT NULL,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"recorded_at" bigint NOT NULL,
	CONSTRAINT "draw_customer_id_jti_pk" PRIMARY KEY("customer_id","jti")
);
--> statement-breakpoint
CREATE TABLE "give_back" (
	"customer_id" text NOT NULL,
	"act" text NOT NULL,
	"license_id" text NOT NULL,
	"way" text NOT NULL,
	"freed" boolean NOT NULL,
	"cools_until" bigint,
	"jti" text,
	"kid" text,
	"token" text,
	"user_id" text,
	"reason" text,
	"at" bigint NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "give_back_customer_id_act_pk" PRIMARY KEY("customer_id","act")
);
--> statement-breakpoint
CREATE TABLE "hub" (
	"id" text PRIMARY KEY NOT NULL,
	"epoch" text NOT NULL,
	"created_at" bigint NOT NULL,
	"time_last" bigint,
	"leap_from" bigint,
	"leap_to" bigint
);
--> statement-breakpoint
CREATE TABLE "hub_key" (
	"kid" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "license" (
	"customer_id" text NOT NULL,
	"license_id" text NOT NULL,
	"number" text NOT NULL,
	"product" text NOT NULL,
	"terms" jsonb NOT NULL,
	"seats" integer NOT NULL,
	"active" integer DEFAULT 0 NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	"cooling" integer DEFAULT 0 NOT NULL,
	"ceiling" integer NOT NULL,
	"expires_at" bigint,
	"suspended_at" bigint,
	"frozen_at" bigint,
	"reissued" boolean DEFAULT false NOT NULL,
	"file_days" integer,
	"returns_per_year" integer DEFAULT 4 NOT NULL,
	"replacements_per_year" integer,
	"cool_days" integer DEFAULT 90 NOT NULL,
	"desk_seats" integer DEFAULT 2 NOT NULL,
	"allotment_days" integer DEFAULT 30 NOT NULL,
	"draw_days" integer DEFAULT 90 NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"successor" text,
	"revoked" integer DEFAULT 0 NOT NULL,
	"sealed_key" text NOT NULL,
	"sealed_secret" text NOT NULL,
	"kid" text NOT NULL,
	"created_at" bigint NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "license_customer_id_license_id_pk" PRIMARY KEY("customer_id","license_id"),
	CONSTRAINT "license_counts" CHECK ("license"."active" >= 0 and "license"."reserved" >= 0 and "license"."cooling" >= 0 and "license"."seats" >= 0),
	CONSTRAINT "license_never_oversold" CHECK ("license"."active" + "license"."reserved" + "license"."cooling" <= "license"."ceiling")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"outbox" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"jkt" text,
	"desk" text,
	"forked_at" bigint,
	"reported_epoch" text,
	"reported_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product" (
	"slug" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"is_server" boolean DEFAULT false NOT NULL,
	"contact" text NOT NULL,
	"entitlements" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request" (
	"customer_id" text NOT NULL,
	"request" text NOT NULL,
	"license_id" text NOT NULL,
	"state" text NOT NULL,
	"jkt" text NOT NULL,
	"act" text,
	"refusal" jsonb,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"decided_at" bigint NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "request_customer_id_request_pk" PRIMARY KEY("customer_id","request")
);
--> statement-breakpoint
CREATE TABLE "revocation" (
	"customer_id" text NOT NULL,
	"license_id" text NOT NULL,
	"seq" integer NOT NULL,
	"acts" jsonb NOT NULL,
	"kid" text NOT NULL,
	"token" text NOT NULL,
	"signed_at" bigint NOT NULL,
	CONSTRAINT "revocation_customer_id_license_id_pk" PRIMARY KEY("customer_id","license_id")
);
--> statement-breakpoint
CREATE TABLE "waiting_request" (
	"customer_id" text NOT NULL,
	"request" text NOT NULL,
	"license_id" text NOT NULL,
	"token" text NOT NULL,
	"actor" text NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint NOT NULL,
	CONSTRAINT "waiting_request_customer_id_request_pk" PRIMARY KEY("customer_id","request")
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "apikey" (
	"id" text PRIMARY KEY NOT NULL,
	"config_id" text DEFAULT 'default' NOT NULL,
	"name" text,
	"start" text,
	"prefix" text,
	"key" text NOT NULL,
	"reference_id" text NOT NULL,
	"refill_interval" integer,
	"refill_amount" integer,
	"last_refill_at" timestamp with time zone,
	"enabled" boolean DEFAULT true,
	"rate_limit_enabled" boolean DEFAULT true,
	"rate_limit_time_window" integer,
	"rate_limit_max" integer,
	"request_count" integer DEFAULT 0,
	"remaining" integer,
	"last_request" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"permissions" text,
	"metadata" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"inviter_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_once" UNIQUE("organization_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"metadata" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"active_organization_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"staff" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_inviter_id_user_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activation_license" ON "activation" USING btree ("customer_id","license_id");--> statement-breakpoint
CREATE INDEX "activation_drawn" ON "activation" USING btree ("customer_id","license_id") WHERE "activation"."drawn";--> statement-breakpoint
CREATE INDEX "activation_cooling" ON "activation" USING btree ("customer_id","license_id","cools_until") WHERE "activation"."state" = 'cooling';--> statement-breakpoint
CREATE INDEX "activation_revision" ON "activation" USING btree ("customer_id","revision");--> statement-breakpoint
CREATE INDEX "allotment_license" ON "allotment" USING btree ("customer_id","license_id","state");--> statement-breakpoint
CREATE INDEX "allotment_revision" ON "allotment" USING btree ("customer_id","revision");--> statement-breakpoint
CREATE INDEX "allotment_id" ON "allotment" USING btree ("allotment");--> statement-breakpoint
CREATE INDEX "allotment_desk" ON "allotment" USING btree ("jkt");--> statement-breakpoint
CREATE INDEX "allotment_due" ON "allotment" USING btree ("files_until") WHERE "allotment"."reserved" > 0 or "allotment"."state" in ('open', 'frozen');--> statement-breakpoint
CREATE INDEX "draw_slot" ON "draw" USING btree ("customer_id","allotment","slot");--> statement-breakpoint
CREATE INDEX "draw_act" ON "draw" USING btree ("customer_id","act");--> statement-breakpoint
CREATE INDEX "give_back_freed" ON "give_back" USING btree ("customer_id","license_id","way","at") WHERE "give_back"."freed";--> statement-breakpoint
CREATE INDEX "give_back_revision" ON "give_back" USING btree ("customer_id","revision");--> statement-breakpoint
CREATE INDEX "license_revision" ON "license" USING btree ("customer_id","revision");--> statement-breakpoint
CREATE INDEX "license_moved" ON "license" USING btree ("customer_id","license_id") WHERE "license"."successor" is not null;--> statement-breakpoint
CREATE INDEX "request_revision" ON "request" USING btree ("customer_id","revision");--> statement-breakpoint
CREATE INDEX "waiting_request_license" ON "waiting_request" USING btree ("customer_id","license_id","since");--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "apikey_key" ON "apikey" USING btree ("key");--> statement-breakpoint
CREATE INDEX "apikey_reference" ON "apikey" USING btree ("reference_id");--> statement-breakpoint
CREATE INDEX "invitation_email" ON "invitation" USING btree ("email");--> statement-breakpoint
CREATE INDEX "member_user" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");