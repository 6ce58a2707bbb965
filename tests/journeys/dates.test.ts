/** Ends of licenses as staff type them, in whatever zone their terminal is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FieldMachine, RunOptions } from './field-machine.ts';
import { LicenseOffice } from './license-office.ts';

let office: LicenseOffice;
let desk: FieldMachine;
beforeAll(async () => {
	office = await LicenseOffice.open();
	desk = office.field.machine('staff');
});
afterAll(() => office.close());

const usual = ['--product', 'atlas-server', '--customer', 'Example GmbH', '--versions', '8-9'];
const inZone = (TZ: string): RunOptions => ({ env: { ...office.asStaff.env, TZ } });
const lastSecond = Date.UTC(2099, 11, 31, 23, 59, 59) / 1000;

test.each(['Europe/Berlin', 'Pacific/Honolulu', 'Pacific/Kiritimati'])(
	'[DT1] in %s an end is the day that was typed, and is said back',
	async (zone) => {
		const issued = await desk.keyferry(
			['license', 'issue', ...usual, '--expires', '2099-12-31', '--maintenance', '2098-02-28'],
			inZone(zone)
		);
		expect(issued, issued.stderr).toMatchObject({ code: 0 });
		const [number = '', ...said] = issued.stdout.split('\n');
		expect(said.slice(0, 2)).toEqual([
			'Expires: the end of 2099-12-31 (UTC).',
			'Maintenance: the end of 2098-02-28 (UTC).'
		]);
		const listed = await desk.keyferry(['license', 'list', '--json'], inZone(zone));
		const rows = JSON.parse(listed.stdout) as { number: string; expiresAt?: number }[];
		expect(rows.find((row) => row.number === number)?.expiresAt).toBe(lastSecond);
		const shown = await desk.keyferry(['license', 'list'], inZone(zone));
		expect(shown.stdout.split('\n').find((line) => line.startsWith(number))).toMatch(
			/ 2098-02-28 +2099-12-31 /
		);
		const renewed = await desk.keyferry(
			[
				'license',
				'renew',
				number,
				'--expires',
				'2100-01-01T00:30:00+14:00',
				'--maintenance',
				'none'
			],
			inZone(zone)
		);
		expect(renewed.stdout).toContain('Expires: 2099-12-31 10:30 UTC.\nMaintenance: no end.');
	}
);

test.each(['12.11.2027', '2027-02-30', '1', '2027-12-31T18:00:00', 'Dec 31 2027'])(
	'[DT1] “%s” is refused before anything is asked of the hub',
	async (typed) => {
		for (const command of [
			['license', 'issue', ...usual, '--expires', typed],
			['license', 'issue', ...usual, '--maintenance', typed],
			['license', 'renew', 'KF-0000-0000-0000', '--expires', typed],
			['verify', '-', '--at', typed]
		]) {
			const ran = await desk.keyferry(command, { ...inZone('Europe/Berlin'), stdin: '' });
			expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('DATE_INVALID') });
		}
	}
);

test('[DT1] an end that has passed needs a word more', async () => {
	const late = ['license', 'issue', ...usual, '--expires', '2020-12-31'];
	const asked = await desk.keyferry(late, office.asStaff);
	expect(asked).toMatchObject({ code: 2 });
	expect(asked.stderr).toContain('the end of 2020-12-31 (UTC) has passed. Add --yes');
	const meant = await desk.keyferry([...late, '--yes'], office.asStaff);
	expect(meant, meant.stderr).toMatchObject({ code: 0 });
	expect(meant.stdout).toContain('Expires: the end of 2020-12-31 (UTC).');
});
