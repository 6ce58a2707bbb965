/**
 * `keyferry init`: makes the keys of a new hub.
 *
 * @module
 */
import { command } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoMoment } from '#server/cli/base/texts.ts';
import { withWayOut } from './serving.ts';

export const initCommand = command({
	name: 'init',
	description: 'Make the root key and the hub key of a new hub',
	args: {
		data: { type: 'string', valueHint: 'DIR', required: true, description: 'Data folder' },
		'root-out': {
			type: 'string',
			valueHint: 'FILE',
			required: true,
			description: 'Where to write the root’s private key, to be kept offline'
		},
		name: {
			type: 'string',
			valueHint: 'NAME',
			default: 'Keyferry hub',
			description: 'Vendor name, shown in files as the issuer'
		},
		tls: { type: 'boolean', description: 'Also make a local authority and a certificate' },
		host: {
			type: 'string',
			valueHint: 'NAME,…',
			description: 'More names and addresses for the certificate'
		},
		admin: {
			type: 'string',
			valueHint: 'EMAIL',
			description: 'First admin: print the link by which they sign in, once and within 7 days'
		},
		url: {
			type: 'string',
			valueHint: 'URL',
			description: 'With --admin: public address, for the link (default: KEYFERRY_URL)'
		},
		'database-url': {
			type: 'string',
			valueHint: 'URL',
			description: 'With --admin: PostgreSQL of the hub (default: DATABASE_URL)'
		}
	},
	async run(args) {
		const email = args.admin?.trim().toLowerCase();
		if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email))
			throw new UsageError(`${email} is no e-mail address.`);
		const hosts = (args.host ?? '').split(/[\s,]+/).filter(Boolean);
		// The hub is loaded only when it is needed: help and the other commands start without it.
		const { init: make } = await import('#server/roles/init.ts');
		const { rootKid, authority } = await make({
			folder: args.data,
			rootFile: args['root-out'],
			iss: args.name,
			tls: args.tls ? { hosts } : undefined
		}).catch(withWayOut);
		const lines = [
			`Root key ${rootKid} is in ${args['root-out']}: take it away and keep it offline.`,
			`Hub key, secrets and roots are in ${args.data}.`
		];
		if (authority !== undefined)
			lines.push(
				`Local authority: ${authority}. Devices that trust it trust this hub; ` +
					'the hub offers it at /.well-known/keyferry-ca.crt.'
			);
		const admin = email === undefined ? undefined : await firstAdmin(args, email);
		if (admin)
			lines.push(
				`${admin.email} signs in by this link, once and until ${isoMoment(admin.until)}, while the hub runs:`,
				admin.link
			);
		const json = { root: args['root-out'], rootKid, data: args.data, authority, admin };
		return { lines, json };
	}
});

async function firstAdmin(
	{ data, url, ...args }: { data: string; url?: string; 'database-url'?: string },
	email: string
) {
	const { makeFirstAdmin } = await import('#server/roles/offline.ts');
	const databaseUrl = args['database-url'] ?? process.env.DATABASE_URL;
	const place = { data, databaseUrl, address: url ?? process.env.KEYFERRY_URL };
	return makeFirstAdmin(place, email).catch(withWayOut);
}
