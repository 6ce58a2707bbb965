import { expect, test } from 'vitest';
import { activationsTexts } from '#lib/messages/activations.ts';
import { labelsTexts } from '#lib/messages/labels.ts';
import { activationColumns } from './activation-columns.ts';
import { activationsCsv } from './activation-csv.ts';

const NOW = 1_800_000_000;
const DAY = 86_400;

test('[P11] activations as CSV: every column, days as ISO 8601, nothing that a spreadsheet runs', () => {
	const line = {
		id: '019c0000-0000-7000-8000-000000000000.2',
		customerId: 'c1',
		licenseId: 'l1',
		label: '=rack',
		site: 'Hall 3',
		os: 'linux',
		version: '10.2',
		name: 'Ada',
		generation: 3,
		state: 'active' as const,
		grantedAt: NOW,
		heardAt: NOW + DAY,
		expiresAt: NOW - DAY,
		number: 'KF-QK8E-QCG4-593M',
		title: 'Atlas',
		customer: 'Example GmbH'
	};
	const { column: head, by } = activationsTexts.en;
	const texts = { head, by, state: labelsTexts.en.state };
	const csv = activationsCsv([line], { columns: activationColumns, texts, now: NOW });
	expect(csv.slice(1).split('\r\n')).toEqual([
		'Machine,Site,System,Version,Product,License,Customer,Requested by,Activated,Issued by,File,File ends,Last heard,Status',
		"'=rack,Hall 3,linux,10.2,Atlas,KF-QK8E-QCG4-593M,Example GmbH,Ada,2027-01-15,Offline,3,2027-01-14,2027-01-16,Expired",
		''
	]);
});
