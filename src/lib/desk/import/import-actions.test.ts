import { describe, expect, test } from 'vitest';
import { importActions, type ImportAction, type ImportFacts } from './import-actions.ts';

const NOTHING: ImportFacts = {
	toIssue: 0,
	toSubmit: 0,
	fresh: 0,
	answers: 0,
	isSignedIn: true,
	isProven: false,
	isOneFile: false
};
const requests = { toSubmit: 40, fresh: 40 };
const out = { isSignedIn: false };

describe('[DK7] what comes next on Import', () => {
	test.for<[string, Partial<ImportFacts>, ImportAction[]]>([
		['nothing new', {}, []],
		['requests, signed in', requests, ['submit']],
		[
			'requests that prove themselves, signed out',
			{ ...requests, ...out, isProven: true },
			['submit']
		],
		['requests, signed out', { ...requests, ...out }, ['keep', 'sign-in']],
		['the same, imported already', { ...out, toSubmit: 40 }, ['sign-in']],
		['requests in the one-file desk', { ...requests, ...out, isOneFile: true }, ['keep']],
		['offline seats cover some', { ...requests, toIssue: 3 }, ['issue', 'submit']],
		['answers have come', { answers: 40 }, ['save']],
		['answers have come, and more can be asked', { ...requests, answers: 2 }, ['submit', 'save']],
		['answers that were brought', { fresh: 3, answers: 3 }, ['keep', 'save']]
	])('%s', ([, facts, actions]) => {
		expect(importActions({ ...NOTHING, ...facts })).toEqual(actions);
	});
});
