import { expect, test } from 'vitest';
import type { RequestLine } from '#lib/desk/requests/request-query.ts';
import { labelsTexts } from '#lib/messages/labels.ts';
import { requestsTexts } from '#lib/messages/requests.ts';
import { requestsCsv } from './requests-csv.ts';

const DAY = 86_400;
const { kind, state } = labelsTexts.en;
const texts = { head: requestsTexts.en.column, kind, state };

test('[DK7] what is shown is exported by its columns, harmless where it could be a formula', () => {
	const view = {
		jti: 'j',
		number: 'KF-7Q2M-90TK-C4XR',
		text: '',
		summary: { name: 'Ada' },
		origin: 'imported',
		fileName: 'f.kfreq',
		storedAt: 20_000 * DAY
	} as const;
	const line = { id: 'j', product: 'Atlas Server', groups: [], texts: '' };
	const lines: RequestLine[] = [
		{
			...line,
			machine: '=rack-07',
			customer: 'Example GmbH',
			view: { ...view, state: 'granted', answerSavedAt: 20_001 * DAY }
		},
		{ ...line, customer: '', view: { ...view, state: 'draft' } }
	];
	const columns = ['kind', 'number', 'customer', 'who', 'when', 'saved', 'state'] as const;
	const csv = requestsCsv(lines, { columns, texts, now: 20_002 * DAY });
	expect(csv.slice(1).split('\r\n')).toEqual([
		'Machine,Kind,License,Customer,Requested by,Created,Saved,Status',
		"'=rack-07,Activation request,KF-7Q2M-90TK-C4XR,Example GmbH,Ada,2024-10-04,2024-10-05,Granted",
		',Activation request,KF-7Q2M-90TK-C4XR,,Ada,2024-10-04,,Not submitted',
		''
	]);
});
