/**
 * What an endpoint of `/v1` is: where it stands, what the OpenAPI document says of it, and what it does.
 *
 * @module
 */
import type { Context, Handler } from 'hono';
import * as z from 'zod';
import type { Asker, Hub } from '#server/hub/hub.ts';
import type { Limiter } from '#server/http/rate-limit.ts';
import type { Places } from '#server/http/slots.ts';

/** What endpoints work with. */
export type RestEdge = {
	hub: Hub;
	limiter: Limiter;
	slots: Places;
	/** Whoever an API key belongs to: sessions count for nothing here. [HT1] */
	findAsker: (headers: Headers) => Promise<Asker | undefined>;
	/** Who a user is and what they may do now. */
	findAuthor: (userId: string) => Promise<Asker | undefined>;
	/** Address of the caller. */
	addressOf: (context: Context) => string;
};

export type Endpoint = {
	method: 'get' | 'post';
	path: `/v1/${string}`;
	/** Bytes of a body, where it may be larger than others. */
	bodyLimit?: number;
	/** Its Operation Object. @see https://spec.openapis.org/oas/v3.1.0#operation-object */
	operation: Operation;
	handler: (edge: RestEdge) => Handler;
};

export type Operation = {
	operationId: string;
	summary: string;
	description: string;
	security: (typeof security)[keyof typeof security];
	requestBody?: { required: true; content: object };
	responses: Record<number | 'default', { description: string; content: object }>;
};

/** Who has to sign in, by an API key as Bearer token. */
export const security = {
	none: [{}],
	optional: [{}, { apiKey: [] }],
	required: [{ apiKey: [] }]
} as const;

/** A file for people and programs: request, return, draw … as it was carried. */
export const fileText = z
	.string()
	.min(1)
	.max(128 * 1024);
