/**
 * How one signs in oneself: an authenticator app, and accounts elsewhere. All of it is the hub's, and
 * kept nowhere here.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';
import { fetchHub, hubClient, judgeFailure, postAuth, refusalIn } from './hub.ts';
import { askWays, type Ways } from './ways-in.ts';

export type SecondFactor = { isSet: true; since: Seconds; backupCodes: number } | { isSet: false };

export type ProviderLink = { id: string; provider: string; since: Seconds };

export type OwnWays = {
	second: SecondFactor;
	links: ProviderLink[];
	providers: Ways['providers'];
	/** Whether the vendor asks a second factor of its people; for its admins alone. */
	isRequired?: boolean;
};

const unreachable = () => refuse('HUB_UNREACHABLE', { hub: hubOrigin() ?? '' });

async function answerOf<T>(ask: Promise<Response>): Promise<T | Refusal> {
	const answer = await ask.catch(() => undefined);
	if (!answer) return unreachable();
	return answer.ok ? ((await answer.json()) as T) : refusalIn(answer, unreachable());
}

export async function readOwnWays(isAdmin: boolean): Promise<OwnWays | Refusal> {
	const [second, links, ways, isRequired] = await Promise.all([
		answerOf<SecondFactor>(fetchHub('/auth/second-factor')),
		answerOf<ProviderLink[]>(fetchHub('/auth/provider/links')),
		askWays(),
		isAdmin ? hubClient.staff.secondFactor.query().catch(() => undefined) : undefined
	]);
	if (isRefusal(second)) return second;
	if (isRefusal(links)) return links;
	return { second, links, providers: ways?.providers ?? [], isRequired };
}

export function beginApp(): Promise<{ secret: string; address: string } | Refusal> {
	return answerOf(postAuth('/second-factor/begin', {}));
}

/** @returns Codes for the day on which the app is lost, told this once. */
export function confirmApp(code: string): Promise<{ backupCodes: string[] } | Refusal> {
	return answerOf(postAuth('/second-factor/confirm', { code }));
}

export function removeApp(code: string): Promise<object | Refusal> {
	return answerOf(postAuth('/second-factor/remove', { code }));
}

export function unlink(id: string): Promise<object | Refusal> {
	return answerOf(postAuth('/provider/unlink', { id }));
}

export async function requireApp(required: boolean): Promise<Refusal | undefined> {
	try {
		await hubClient.staff.requireSecondFactor.mutate({ required });
		return undefined;
	} catch (error) {
		const failure = judgeFailure(error);
		return 'refusal' in failure ? failure.refusal : unreachable();
	}
}
