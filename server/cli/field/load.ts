/** `keyferry load`: keeps what is for this machine, names what is not, tells what changed. */
import { doubtClock } from '#lib/domain/machines/clock.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { noticeGrace } from '#lib/domain/machines/verification.ts';
import { isForeign } from '#lib/formats/armour.ts';
import { componentList } from '#lib/messages/words/components.ts';
import { explain, explainCode } from '#lib/messages/explain.ts';
import type { Change } from '#lib/sdk/changes.ts';
import { takeIn, type Taken } from '#lib/sdk/node/load.ts';
import { pinRoots } from '#lib/sdk/node/state.ts';
import { readTrust } from '#lib/sdk/node/trust.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { findRoots, nowSeconds, openLocalState } from './local-machine.ts';
import { exitCodes, refusalJson, refusalLines } from '#server/cli/base/outcome.ts';
import { isoDay, readInputs } from '#server/cli/base/texts.ts';
import { describeMissing, describeStick, sticksAmong } from './carried-stick.ts';

export const loadCommand = command({
	name: 'load',
	description: 'Load answers: activation files, receipts and refusals for this machine',
	args: {
		files: {
			type: 'positional',
			required: true,
			valueHint: 'FILE|DIR',
			description: 'Answer files, or folders of them; - reads standard input'
		},
		product: shared.product,
		roots: shared.roots,
		given: shared.given,
		state: shared.state
	},
	async run({ _: inputs, product, roots: named, given, state: folder }) {
		const texts = await readInputs(inputs);
		const state = await openLocalState(folder, { given });
		if (isRefusal(state)) return state;
		const found = await findRoots(named, state);
		if (isRefusal(found)) return found;
		const wishes = { roots: found.roots, product, now: nowSeconds() };
		const sticks = sticksAmong(texts);
		const taken: Taken[] = [];
		for (const text of texts) taken.push(...(await takeIn(state, text, wishes)));
		const useful = taken.some(({ outcome }) => ['loaded', 'returned', 'trust'].includes(outcome));
		if (found.fresh && useful) pinRoots(state, found.roots);
		const doubt = doubtClock(wishes.now, readTrust(state).trustedAt);
		const graces = taken.flatMap((each) => {
			if (each.outcome !== 'loaded' && each.outcome !== 'unchanged') return [];
			return noticeGrace(each.activation, { now: wishes.now, state: readTrust(state) }) ?? [];
		});
		return {
			lines:
				taken.length === 0
					? [`There is no file in ${inputs.join(', ')}.`]
					: [...sticks.map(describeStick), ...describeAll(taken)],
			json: [...sticks, ...taken.map(forPrograms)],
			notices: [
				...sticks.flatMap(describeMissing),
				...[...(doubt ? [doubt] : []), ...graces].flatMap(refusalLines)
			],
			exit: exitOfLoad(taken)
		};
	}
});

/** A folder keeps what came before: beside something newer that is nothing amiss. */
function isOutlived({ refused }: Refusal): boolean {
	return refused === 'GENERATION_SUPERSEDED' || refused === 'ACTIVATION_RETURNED';
}

/** Files of other machines in a folder are expected; a load that brought nothing is a "no". */
function exitOfLoad(taken: readonly Taken[]): number {
	const welcome = ['loaded', 'unchanged', 'returned', 'trust'];
	const here = taken.some(({ outcome }) => welcome.includes(outcome));
	const refused = taken.some(
		(each) =>
			each.outcome === 'answered-no' ||
			(each.outcome === 'refused' && !isOutlived(each.reason) && !isForeign(each.reason))
	);
	return here && !refused ? exitCodes.done : exitCodes.refused;
}

function forPrograms(taken: Taken) {
	if (taken.outcome === 'answered-no') {
		const { request, ...rest } = taken;
		const { jti, num: number, label } = request;
		const { title, next } = explainCode(taken.code, taken.facts);
		return { ...rest, title, next, request: { request: jti, number, label } };
	}
	if (taken.outcome === 'loaded' || taken.outcome === 'unchanged') {
		const { activation, ...rest } = taken;
		const { num: number, prd, title, ent, gen, act, exp, label } = activation;
		const summary = {
			activation: act,
			label,
			number,
			product: prd,
			title,
			entitlements: ent,
			generation: gen,
			expiresAt: exp
		};
		return { ...rest, activation: summary };
	}
	if (taken.outcome === 'returned') {
		const { activation, ...rest } = taken;
		const { act, num: number, label, title } = activation;
		return { ...rest, activation: { activation: act, label, number, title } };
	}
	if ('reason' in taken && taken.reason) {
		const { reason, ...rest } = taken;
		return { ...rest, ...refusalJson(reason) };
	}
	return taken;
}

/** More files of other machines than these are counted, and not described one by one. */
const OTHERS_DESCRIBED = 3;
const OTHERS_NAMED = 5;

function describeAll(taken: readonly Taken[]): string[] {
	const others = taken.filter((each) => each.outcome === 'elsewhere');
	if (others.length <= OTHERS_DESCRIBED)
		return taken.flatMap((each) => describe(each, taken.length === 1));
	return [
		...taken.flatMap((each) => (each.outcome === 'elsewhere' ? [] : describe(each, false))),
		describeOthers(others)
	];
}

function describeOthers(others: readonly Extract<Taken, { outcome: 'elsewhere' }>[]): string {
	const labels = [...new Set(others.flatMap(({ whose }) => whose?.label ?? []))];
	const named = labels.slice(0, OTHERS_NAMED).map((label) => `"${label}"`);
	const more = labels.length > named.length ? ', …' : '';
	const whose = named.length > 0 ? `: ${named.join(', ')}${more}` : '';
	return `${others.length} files are for other machines, and were left alone${whose}.`;
}

function describe(taken: Taken, isAlone: boolean): string[] {
	const { source } = taken;
	switch (taken.outcome) {
		case 'loaded':
			return [
				`${source}: loaded ${taken.activation.title} (${taken.activation.num}).`,
				...taken.changes.map((change) => `  ${describeChange(change)}`),
				`  Entitlements: ${taken.activation.ent.join(', ') || 'none'}; expires: ${isoDay(taken.activation.exp)}`
			];
		case 'unchanged':
			return [`${source}: ${taken.activation.title} (${taken.activation.num}) is loaded already.`];
		case 'answered-no': {
			const { title, next } = explainCode(taken.code, taken.facts);
			const asked = `${taken.request.num}${taken.request.label ? `, ${taken.request.label}` : ''}`;
			return [
				`${source}: the hub refused the request of this machine (${asked}).`,
				`  ${taken.code}: ${title}`,
				`  Next: ${next}`
			];
		}
		case 'returned':
			return describeReturned(taken);
		case 'elsewhere':
			return describeElsewhere(taken);
		case 'trust':
			return [`${source}: trust file loaded.`];
		case 'no-answer':
			return describeNoAnswer(source, taken.type);
		case 'refused':
			if (isForeign(taken.reason) && !isAlone) return [`${source}: not a Keyferry file, left out.`];
			return [`${source}: not loaded.`, ...describeReason(taken.reason)];
	}
}

function describeReturned({
	source,
	activation,
	freed,
	again
}: Extract<Taken, { outcome: 'returned' }>): string[] {
	const what = `${activation.title} (${activation.num})`;
	return [
		again
			? `${source}: the receipt for ${what} is loaded already.`
			: `${source}: the return of ${what} is settled.`,
		freed === true
			? '  The seat is free for another machine.'
			: `  The seat cools and is free by ${isoDay(freed)}; this machine can take it back before.`
	];
}

function describeElsewhere({ source, reason, whose }: Extract<Taken, { outcome: 'elsewhere' }>) {
	if (!whose)
		return [`${source}: the answer to something that was not made on this machine. Carry it on.`];
	const label = whose.label ? `"${whose.label}"` : 'a machine without a label';
	const owner = whose.organization ? ` of ${whose.organization}` : '';
	const lines = [
		`${source}: not for this machine. It is for ${label}${owner}, ${whose.title} (${whose.number}).`
	];
	if (reason?.refused !== 'FINGERPRINT_MISMATCH') return lines;
	const { differ, matched, needed } = reason.facts;
	return [
		...lines,
		`  Different here: ${componentList(differ, 'en')}; ${matched.length} of ${needed} needed match.`,
		`  Next: ${explain(reason).next}`
	];
}

function describeNoAnswer(source: string, type: string): string[] {
	if (type === 'return')
		return [`${source}: a return. Carry it to a desk or hub; its receipt is what is loaded here.`];
	return type === 'license'
		? [
				`${source}: a license key, which unlocks nothing by itself.`,
				`  Next: make a request with it: keyferry request --key ${source} --name …`
			]
		: [`${source}: a request. Carry it to a desk or hub; its answer is what is loaded here.`];
}

function describeReason(reason: Refusal): string[] {
	const [title = '', ...next] = refusalLines(reason);
	return [`  ${title}`, ...next];
}

export function describeChange(change: Change): string {
	switch (change.what) {
		case 'activated':
			return 'Activated on this machine.';
		case 'generation':
			return `Generation ${change.from} → ${change.to}`;
		case 'entitlements':
			return [
				change.added.length > 0 ? `New: ${change.added.join(', ')}` : '',
				change.removed.length > 0 ? `No longer: ${change.removed.join(', ')}` : ''
			]
				.filter(Boolean)
				.join('; ');
		case 'expiry':
			return `Expires: ${isoDay(change.from)} → ${isoDay(change.to)}`;
		case 'maintenance':
			return `Maintenance till: ${isoDay(change.from)} → ${isoDay(change.to)}`;
		case 'clients':
			return `Clients: ${change.from ?? 'none'} → ${change.to ?? 'none'}`;
		case 'versions':
			return `Versions: ${change.from.from}–${change.from.to} → ${change.to.from}–${change.to.to}`;
		case 'edition':
		case 'product':
			return `${change.what === 'edition' ? 'Edition' : 'Product'}: ${change.from} → ${change.to}`;
	}
}
