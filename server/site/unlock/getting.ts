/**
 * "Get a license": the hub shows a person what asks, and lets this machine have the license that they
 * pick. This server never sees who they are. (RFC 8628) [ST4]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { SiteGetting } from '#lib/protocol/site.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Site } from '#server/site/site.ts';
import { askVendorHub } from './hub.ts';
import { makeSiteRequest, sendRequest } from './requests.ts';

const CLIENT = 'keyferry-site';
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** Seconds between two questions: the hub's own word, within these. */
const INTERVAL = { least: 1, usual: 5, most: 60 };
const MOST_SECONDS = 3600;

export type Getting = {
	/** Asks the hub for a code, and waits for the answer beside. */
	start(hub: string): Promise<SiteGetting | Refusal>;
	state(): SiteGetting;
	stop(): void;
};

type Code = {
	device_code: string;
	user_code: string;
	verification_uri: string;
	verification_uri_complete: string;
	expires_in: number;
	interval: number;
};

type AskedCode = Code & { machineCode: string };

export function openGetting(site: Site): Getting {
	let state: SiteGetting = { state: 'none' };
	let timer: NodeJS.Timeout | undefined;
	/** Seconds that the code still lives. */
	let left = () => 0;
	/** Counts what was started: what an older one hears is nobody's news. */
	let run = 0;

	const stop = () => {
		run += 1;
		clearTimeout(timer);
		state = { state: 'none' };
	};
	const begin = (hub: string, code: AskedCode): SiteGetting => {
		stop();
		const mine = run;
		const lives = Math.min(code.expires_in, MOST_SECONDS);
		const endsAt = site.monotonic() + lives * 1000;
		let interval = within(code.interval);
		left = () => Math.max(0, Math.round((endsAt - site.monotonic()) / 1000));
		const waiting = (isAway: boolean): SiteGetting => ({
			state: 'waiting',
			code: code.user_code,
			address: code.verification_uri,
			complete: code.verification_uri_complete,
			machine: code.machineCode,
			seconds: left(),
			isAway
		});
		const look = async () => {
			const heard =
				site.monotonic() > endsAt
					? refuse('SERVER_CODE_EXPIRED', { expiredAt: site.now() })
					: await ask(site, hub, code.device_code).catch(() => failed(site, hub));
			if (mine !== run) return;
			if (heard === 'slower') interval = within(interval + INTERVAL.usual);
			if (heard === 'pending' || heard === 'slower' || heard === 'away') {
				state = waiting(heard === 'away');
				timer = setTimeout(() => void look(), interval * 1000).unref();
				return;
			}
			state = isRefusal(heard) ? { state: 'refused', refusal: heard } : heard;
		};
		state = waiting(false);
		timer = setTimeout(() => void look(), interval * 1000).unref();
		return state;
	};
	return {
		start: async (hub) => {
			const code = await askCode(site, hub);
			if (isRefusal(code)) return code;
			await site.settings.write('hub', hub);
			return begin(hub, code);
		},
		state: () => (state.state === 'waiting' ? { ...state, seconds: left() } : state),
		stop
	};
}

/** By which a person sees that the server in front of them is the one that asks: `3F2A-91C0-77BE`. */
function machineCodeOf(jkt: string): string {
	const hex = Buffer.from(sha256(jkt), 'base64url').toString('hex').toUpperCase();
	return [hex.slice(0, 4), hex.slice(4, 8), hex.slice(8, 12)].join('-');
}

async function askCode(site: Site, hub: string): Promise<AskedCode | Refusal> {
	const { machine, products } = site.licensing();
	const jkt = await thumbprint({ kty: 'OKP', crv: 'Ed25519', x: site.keys.machine });
	const machineCode = machineCodeOf(jkt);
	const body = {
		client_id: CLIENT,
		name: site.name(),
		product: products.length === 1 ? products[0]?.product : undefined,
		machine: {
			jkt,
			code: machineCode,
			virtual: machine.vm ? 'hypervisor' : undefined
		}
	};
	const path = '/v1/device-authorizations';
	const answer = await askVendorHub(site, { hub, path, body, event: 'get-license' });
	if (isRefusal(answer)) return answer;
	if (answer.refusal) return answer.refusal;
	const code = answer.body as Partial<Code>;
	const isWhole =
		[code.device_code, code.user_code, code.verification_uri, code.verification_uri_complete].every(
			(text) => typeof text === 'string' && text.length < 500
		) && Number.isFinite(code.expires_in);
	if (!isWhole) return refuse('HUB_UNREACHABLE', { hub });
	return { ...(code as Code), machineCode };
}

/** What has become of a code, up to the license itself. */
async function ask(
	site: Site,
	hub: string,
	code: string
): Promise<'pending' | 'slower' | 'away' | SiteGetting | Refusal> {
	const body = { grant_type: GRANT, client_id: CLIENT, device_code: code };
	const path = '/v1/device-tokens';
	const answer = await askVendorHub(site, { hub, path, body, event: 'get-license' });
	if (isRefusal(answer)) return answer.refused === 'HUB_CONTACT_FORBIDDEN' ? answer : 'away';
	const { access_token: token, number } = answer.body;
	const refused = answer.refusal?.refused;
	if (refused === 'AUTHORIZATION_PENDING') return 'pending';
	if (refused === 'SLOW_DOWN' || refused === 'RATE_LIMITED') return 'slower';
	if (answer.refusal) return answer.refusal;
	if (typeof token !== 'string' || typeof number !== 'string') return 'away';
	// The hub knows who has approved; this is what the machine is called by itself.
	const made = await makeSiteRequest(site, { key: number, name: site.name() });
	if (isRefusal(made)) return made;
	const taken = await sendRequest(site, { request: made.request, hub, token });
	if (isRefusal(taken)) return taken;
	const loaded = taken.find(({ outcome }) => outcome === 'loaded' || outcome === 'unchanged');
	if (loaded?.license) return { state: 'activated', license: loaded.license };
	return taken.find(({ refusal }) => refusal)?.refusal ?? refuse('HUB_UNREACHABLE', { hub });
}

/** A fault of this machine, as of a folder that cannot be written: told, and no end of the server. */
function failed(site: Site, hub: string): Refusal<'COMMAND_FAILED'> {
	const support = uuidv7();
	const about = { event: 'get-license', address: hub, code: `COMMAND_FAILED ${support}` };
	site.log.write({ with: 'hub', level: 'error', ...about });
	return refuse('COMMAND_FAILED', { support });
}

function within(seconds: unknown): number {
	const asked = Number(seconds);
	if (!Number.isFinite(asked)) return INTERVAL.usual;
	return Math.min(Math.max(asked, INTERVAL.least), INTERVAL.most);
}
