/** `keyferry status`: what this machine holds, offline. [K5] */
import { readFileSync } from 'node:fs';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { explain, explainCode } from '#lib/messages/explain.ts';
import { keptIds, readKept, type MachineState } from '#lib/sdk/node/state.ts';
import { readStatus, type LicenseStatus, type Status } from '#lib/sdk/node/status.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { findRoots, nowSeconds, openLocalState } from './local-machine.ts';
import { refusalLines, UsageError } from '#server/cli/base/outcome.ts';
import { qrOptions, showQr } from './qr-output.ts';
import { readSince } from '#server/cli/base/since.ts';
import { isoDay, isoMoment, table } from '#server/cli/base/texts.ts';

export const statusCommand = command({
	name: 'status',
	description: 'Show the licenses of this machine, offline',
	args: {
		product: shared.product,
		version: { type: 'string', valueHint: 'V', description: 'As this version of the product' },
		since: {
			type: 'string',
			valueHint: 'CODE=V,…',
			description: 'With --version: from when entitlements work'
		},
		roots: shared.roots,
		given: shared.given,
		state: shared.state,
		...qrOptions
	},
	async run({ product, version, since: typed, roots: named, given, state: folder, ...wanted }) {
		if (typed !== undefined && version === undefined)
			throw new UsageError('--since needs --version, to compare with.');
		const since = typed === undefined ? undefined : readSince(typed);
		const state = await openLocalState(folder, { given });
		if (isRefusal(state)) return state;
		const found = await findRoots(named, state);
		const holdsAnswers =
			[...readKept(state, 'activations'), ...readKept(state, 'refusals')].length > 0;
		// What waits for its first answer can be shown without believing anybody.
		if (isRefusal(found) && holdsAnswers) return found;
		const roots = isRefusal(found) ? [] : found.roots;
		const held = await readStatus(state, { roots, product, version, since, now: nowSeconds() });
		return {
			lines: [
				...describe(held),
				...describeLastSeen(held),
				...showQr(unanswered(state, held), wanted)
			],
			json: held,
			notices: held.notice ? refusalLines(held.notice) : []
		};
	}
});

/** The files that wait for an answer: to be carried out, or once more. */
function unanswered(state: MachineState, { waiting, licenses }: Status): string[] {
	const requests = keptIds(state, 'requests');
	const returns = keptIds(state, 'returns');
	const paths = [
		...waiting.map(({ request }) => requests.get(request)),
		...licenses
			.filter(({ state }) => state === 'returning')
			.map(({ activation }) => returns.get(activation))
	];
	return paths.flatMap((path) => (path === undefined ? [] : readFileSync(path, 'utf8')));
}

function describe({ licenses, waiting, refused }: Status): string[] {
	const lines = licenses.flatMap(describeLicense);
	for (const request of waiting)
		lines.push(
			`Waiting for an answer: ${request.number}${request.title ? `, ${request.title}` : ''}`,
			`  Request made ${isoDay(request.madeAt)} by ${request.name}; carry it out if you have not.`,
			''
		);
	for (const { number, code, facts } of refused) {
		const { title, next } = explainCode(code, facts);
		lines.push(`Refused by the hub: ${number}`, `  ${code}: ${title}`, `  Next: ${next}`, '');
	}
	if (lines.length === 0)
		return [
			'Nothing is activated on this machine.',
			'Start with: keyferry request --key KEY --name NAME'
		];
	return lines.slice(0, -1);
}

/** After a snapshot it is older than it was, which a person who noted it can see. */
function describeLastSeen({ lastSeen }: Status): string[] {
	return lastSeen === undefined ? [] : ['', `Newest time signed by a hub: ${isoMoment(lastSeen)}`];
}

const stateNames: Record<LicenseStatus['state'], string> = {
	active: '✓ active',
	returning: '✗ given back, the receipt is not loaded yet',
	returned: '✗ given back',
	expired: '✗ expired',
	retired: '✗ retired',
	'other-machine': '✗ for another machine',
	'not-usable': '✗ not usable here'
};

function isGone({ state }: LicenseStatus): boolean {
	return state === 'returning' || state === 'returned';
}

function describeLicense(license: LicenseStatus): string[] {
	const { versions } = license;
	const said = license.reason ?? license.grace;
	const reason = said && explain(said);
	return [
		`${license.title}, ${license.edition}`,
		...table([
			['State', license.grace ? '! ended, and works on' : stateNames[license.state]],
			...(said && reason
				? [
						['', `${said.refused}: ${reason.title}`],
						['', reason.next]
					]
				: []),
			...(license.coolsUntil === undefined
				? []
				: [['', `Its seat cools and is free by ${isoDay(license.coolsUntil)}.`]]),
			['License', license.number],
			[
				'Seats',
				[license.seats, `this machine ${isGone(license) ? 'gave one back' : 'holds one'}`]
					.filter((part) => part !== undefined)
					.join(', ')
			],
			['Clients', license.clients === undefined ? 'none' : `${license.clients} at a time`],
			['Entitlements', entitlementsOf(license)],
			[
				'Versions',
				versions.from === versions.to ? `${versions.from}` : `${versions.from} to ${versions.to}`
			],
			['Maintenance till', isoDay(license.maintainedUntil, 'not limited')],
			['Expires', isoDay(license.expiresAt, 'never')],
			...(license.worksUntil === undefined
				? []
				: [['Works until', `${isoDay(license.worksUntil)}, after its end with a warning`]]),
			...trialLines(license),
			...(license.upgradedTo === undefined
				? []
				: [['Newer versions', `license ${license.upgradedTo}`]]),
			['Activated for', [license.name, license.organization].filter(Boolean).join(', ')],
			[
				'Activated on',
				`${license.label ?? 'this machine'} (file ${license.generation}, ${isoDay(license.signedAt)})`
			],
			['Contact', license.contact]
		]).map((line) => `  ${line}`),
		''
	];
}

function entitlementsOf({ entitlements, needsVersion = {} }: LicenseStatus): string {
	const named = entitlements.map((code) =>
		Object.hasOwn(needsVersion, code) ? `${code} (from version ${needsVersion[code]} on)` : code
	);
	return named.join(', ') || 'none';
}

/** How long a trial goes on, by the clock. */
function trialLines({ trialDays, expiresAt }: LicenseStatus): string[][] {
	if (trialDays === undefined || expiresAt === undefined) return [];
	const left = Math.ceil((expiresAt - nowSeconds()) / DAY_SECONDS);
	return [['Trial', left > 0 ? `${left} ${left === 1 ? 'day' : 'days'} left` : 'over']];
}
