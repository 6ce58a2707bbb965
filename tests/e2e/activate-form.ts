/**
 * The three steps of Activate, gone through as a person does.
 *
 * @module
 */
import type { Page } from '@playwright/test';

export type ActivateAnswers = {
	/** Number or key of the license; it is chosen already where this is absent. */
	license?: string;
	code?: string;
	label?: string;
	/** Who asks, where this desk does not know. */
	name?: string;
	organization?: string;
};

/** Fills in what is given, and ends before the button that makes the request. */
export async function fillActivate(page: Page, answers: ActivateAnswers): Promise<void> {
	const { license, code, label, name, organization } = answers;
	const box = (called: string) => page.getByRole('textbox', { name: called, exact: true });
	if (license !== undefined) await box('License key or number').fill(license);
	if (code !== undefined) await box('Machine code').fill(code);
	if (label !== undefined) await box('Label (optional)').fill(label);
	if (name === undefined && organization === undefined) return;
	if (!(await box('Name').isVisible())) await stepHead(page, 'Requested by').click();
	if (name !== undefined) await box('Name').fill(name);
	if (organization !== undefined) await box('Organization').fill(organization);
}

/** The line of a step, which opens it. */
export function stepHead(page: Page, name: 'License' | 'Machine' | 'Requested by') {
	return page.getByRole('region', { name, exact: true }).getByRole('button', { expanded: false });
}
