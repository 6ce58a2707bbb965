/**
 * License status, offline: state, seats, clients, entitlements, maintenance, expiry, where. [K5]
 *
 * @module
 */
import { explain, explainCode } from '#lib/messages/explain.ts';
import type { Licensing } from '#lib/sdk/node/licensing.ts';
import type { LicenseStatus } from '#lib/sdk/node/status.ts';
import { columns, day, plain, type Terminal } from './terminal.ts';

export async function showStatus(terminal: Terminal, licensing: Licensing): Promise<void> {
	const { licenses, waiting, refused, notice } = await licensing.status();
	terminal.say('', 'License status');
	for (const license of licenses) terminal.say(...showLicense(license));
	for (const request of waiting)
		terminal.say(
			`  Waiting for activation: ${request.number}, asked by ${plain(request.name)} on ${day(request.madeAt)}.`
		);
	for (const { number, code, facts } of refused) {
		const { title, next } = explainCode(code, facts);
		terminal.say(`  Refused by the hub: ${number}`, `    ${title}`, `    ${next}`, `    (${code})`);
	}
	if (licenses.length + waiting.length + refused.length === 0)
		terminal.say('  Nothing is activated on this machine. Choose "Unlock".');
	if (notice) {
		const { title, next } = explain(notice);
		terminal.say(`  ! ${title}`, `    ${next}`);
	}
}

const stateNames: Record<LicenseStatus['state'], string> = {
	active: '✓ active',
	returning: '✗ given back: carry the return out, load its receipt',
	returned: '✗ given back',
	expired: '✗ expired',
	retired: '✗ retired',
	'other-machine': '✗ for another machine',
	'not-usable': '✗ not usable here'
};

function isGone({ state }: LicenseStatus): boolean {
	return state === 'returning' || state === 'returned';
}

export function showLicense(license: LicenseStatus): string[] {
	// A warning is said like a reason: it has ended, and works on.
	const said = license.reason ?? license.grace;
	const reason = said && explain(said);
	const { seats, clients, versions } = license;
	return [
		`  ${plain(license.title)}, ${plain(license.edition)}`,
		...columns([
			['State', license.grace ? '! ended, and works on' : stateNames[license.state]],
			...(reason ? ([['', `${reason.title} ${reason.next}`]] as [string, string][]) : []),
			...(license.coolsUntil === undefined
				? []
				: ([['', `Its seat cools and is free by ${day(license.coolsUntil)}.`]] as [
						string,
						string
					][])),
			['License', license.number],
			[
				'Seats',
				[seats, `this machine ${isGone(license) ? 'gave one back' : 'holds one'}`]
					.filter((part) => part !== undefined)
					.join('; ')
			],
			['Clients', clients === undefined ? 'none' : `${clients} at a time`],
			['Entitlements', license.entitlements.join(', ') || 'none'],
			['Versions', `${versions.from} to ${versions.to}`],
			['Maintenance till', day(license.maintainedUntil, 'not limited')],
			['Expires', day(license.expiresAt, 'never')],
			['Activated for', [license.name, license.organization].filter(Boolean).join(', ')],
			[
				'Activated on',
				`${license.label ?? 'this machine'}, file ${license.generation} of ${day(license.signedAt)}`
			]
		])
	];
}
