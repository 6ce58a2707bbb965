/**
 * `keyferry init`: makes the keys of a new hub.
 *
 * @module
 */
import { defineCommand } from 'citty';
import { Fault } from '#server/fault.ts';
import { init as make } from '#server/main.ts';
import { tell } from './serve.ts';

export const init = defineCommand({
	meta: { name: 'init', description: 'Make the root key and the hub key of a new hub' },
	args: {
		data: { type: 'string', valueHint: 'DIR', required: true, description: 'Data folder' },
		'root-out': {
			type: 'string',
			valueHint: 'FILE',
			required: true,
			description: 'Where the root’s private key goes: to be kept offline'
		},
		name: {
			type: 'string',
			valueHint: 'NAME',
			default: 'Keyferry hub',
			description: 'The vendor, as files say who issued them'
		},
		tls: { type: 'boolean', description: 'Also make a local authority and a certificate' },
		host: {
			type: 'string',
			valueHint: 'NAME,…',
			description: 'Further names and addresses for the certificate'
		}
	},
	async run({ args }) {
		try {
			const { rootKid, authority } = await make({
				folder: args.data,
				rootFile: args['root-out'],
				iss: args.name,
				tls: args.tls ? { hosts: (args.host ?? '').split(',').filter(Boolean) } : undefined
			});
			const lines = [
				`Root key ${rootKid} is in ${args['root-out']}: take it away and keep it offline.`,
				`Hub key, secrets and roots are in ${args.data}.`
			];
			if (authority !== undefined)
				lines.push(
					`Local authority: ${authority}. Devices that trust it trust this hub; ` +
						'the hub offers it at /.well-known/keyferry-ca.crt.'
				);
			process.stdout.write(lines.join('\n') + '\n');
		} catch (error) {
			if (!(error instanceof Fault)) throw error;
			tell(error);
		}
	}
});
