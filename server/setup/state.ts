/**
 * How far a set-up is, as its page is told. No secret is in it but the license key that it has issued.
 *
 * @module
 */
import { join } from 'node:path';
import { nextSetupStep, setupSteps } from '#lib/domain/hub/setup.ts';
import type { SetupSent, SetupState } from '#lib/protocol/setup.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import { listMail } from '#server/mail/list-mail.ts';
import { reachOnly } from '#server/reach/said-reach.ts';
import { firstLicense } from './catalog.ts';
import type { Setup } from './setup.ts';

/** Under it the page asks whether the public address leads here. */
export const CHECK = '/setup/check/';

export async function readSetupState(setup: Setup): Promise<SetupState> {
	const { folder, given, mail, now, listening, record } = setup;
	const done = await setup.done();
	const { admin, reach, hubKey, grant, skipped } = record();
	const open = done.has('keys') ? await setup.hub() : undefined;
	return {
		now: now(),
		next: nextSetupStep(done),
		done: setupSteps.filter((step) => done.has(step)),
		skipped,
		folder,
		listening: listening(),
		admin: admin && { email: admin.email, name: admin.name },
		reach: reach && reachOnly(reach),
		check: reach && `${reach.url}${CHECK}${reach.nonce}`,
		given: { url: given.url, proxies: given.proxies !== undefined, tls: given.tls },
		hubKey: hubKey?.x,
		root: grant && (await thumbprint(grant.root)),
		license: open && (await firstLicense(open.hub)),
		mail,
		sent: open && (await readSent(setup))
	};
}

async function readSent(setup: Setup): Promise<SetupSent | undefined> {
	const { mail: id } = setup.record();
	if (id === undefined) return undefined;
	const { hub } = await setup.hub();
	const found = (await listMail(hub.db)).find((each) => each.id === id);
	if (!found) return undefined;
	const { to, state, fault } = found;
	const isFile = setup.mail.how === 'files' && state === 'sent';
	return {
		to,
		state,
		fault: fault ?? undefined,
		file: isFile
			? join(setup.mail.how === 'files' ? setup.mail.folder : '', `${id}.eml`)
			: undefined
	};
}
