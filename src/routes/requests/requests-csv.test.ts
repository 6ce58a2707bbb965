import { expect, test } from 'vitest';
import { labelsTexts } from '#lib/messages/labels.ts';
import { requestsCsv } from './requests-csv.ts';

const DAY = 86_400;
const head = {
	machine: 'Machine',
	kind: 'Kind',
	product: 'Product',
	number: 'License number',
	customer: 'Customer',
	when: 'Date',
	state: 'State',
	saved: 'Saved'
};
const texts = { head, kind: labelsTexts.en.kind, state: labelsTexts.en.state };

test('[DK7] what is shown is exported, with the license of each and harmless where it could be a formula', () => {
	const number = 'KF-7Q2M-90TK-C4XR';
	const view = { number, storedAt: 20_000 * DAY };
	const lines = [
		{
			machine: '=rack-07',
			product: 'Atlas Server',
			customer: 'Example GmbH',
			view: { ...view, state: 'granted' as const, answerSavedAt: 20_001 * DAY }
		},
		{ product: 'Atlas Server', customer: '', view: { ...view, state: 'draft' as const } }
	];
	expect(
		requestsCsv(lines, texts, 20_002 * DAY)
			.slice(1)
			.split('\r\n')
	).toEqual([
		'Machine,Kind,Product,License number,Customer,Date,State,Saved',
		"'=rack-07,Activation request,Atlas Server,KF-7Q2M-90TK-C4XR,Example GmbH,2024-10-04,Granted,2024-10-05",
		',Activation request,Atlas Server,KF-7Q2M-90TK-C4XR,,2024-10-04,Not submitted,',
		''
	]);
});
