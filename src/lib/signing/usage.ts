/**
 * Usage reports: how a product was used at a site, in the hand of its machine. [US2]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { UsageHour } from '../domain/site/usage.ts';
import type { TokenFile } from '../formats/file.ts';
import type { Claims } from '../formats/tokens.ts';
import { uuidv7 } from '../formats/uuid.ts';
import type { Trust } from './chain.ts';
import { signToken } from './jws.ts';
import type { Signer } from './keys.ts';
import { verifyByMachine, type SignedByMachine } from './machine-signed.ts';

export type VerifiedUsage = SignedByMachine<'usage'> & { hours: UsageHour[] };

/**
 * @param hours - Those in which something was used; the ones between are quiet.
 * @param span - First and last hour that it speaks of, both included, at most `USAGE_HOURS_LIMIT`.
 * @param now - By the site's clock; judged by nobody.
 */
export async function makeUsage(
	activation: Pick<Claims['activation'], 'act' | 'gen' | 'sub' | 'prd'>,
	{
		site,
		clients,
		hours,
		span,
		signer,
		jwk,
		now
	}: {
		site: string;
		clients: number;
		hours: readonly UsageHour[];
		span: { from: number; to: number };
		signer: Signer;
		jwk: Claims['usage']['cnf']['jwk'];
		now: number;
	}
): Promise<string> {
	const { act, gen, sub, prd } = activation;
	const byHour = new Map(hours.map((each) => [each.hour, each]));
	const every = Array.from(
		{ length: span.to - span.from + 1 },
		(_, at) => byHour.get(span.from + at) ?? { peak: 0, denied: 0, waiting: 0 }
	);
	return signToken(
		'usage',
		{
			v: 1,
			jti: uuidv7(),
			iat: now,
			sub,
			act,
			gen,
			site,
			prd,
			clients,
			hour: span.from,
			peak: every.map(({ peak }) => peak),
			denied: every.map(({ denied }) => denied),
			waiting: every.map(({ waiting }) => waiting),
			cnf: { jwk }
		},
		signer
	);
}

export async function verifyUsage(file: TokenFile, trust: Trust): Promise<VerifiedUsage | Refusal> {
	const verified = await verifyByMachine('usage', file, trust);
	if (isRefusal(verified)) return verified;
	const { hour: from, peak, denied, waiting, prd } = verified.claims;
	if (denied.length !== peak.length || waiting.length !== peak.length)
		return refuse('CLAIMS_INVALID', { type: 'usage', path: 'denied', reason: 'length' });
	if (prd !== verified.activation.prd)
		return refuse('PRODUCT_MISMATCH', { expected: verified.activation.prd, found: prd });
	const hours = peak.map((most, at) => ({
		hour: from + at,
		peak: most,
		denied: denied[at]!,
		waiting: waiting[at]!
	}));
	return { ...verified, hours };
}
