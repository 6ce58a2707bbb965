/**
 * `keyferry doctor --server ADDRESS`: whether a client on this machine could work with a site server.
 * It takes no seat. [ST6]
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { testConnection, type ConnectionLine } from '#lib/sdk/node/client/test-connection.ts';
import type { Finding } from '#server/doctor/finding.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { findingsOutcome } from '#server/cli/base/findings.ts';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { findRoots } from './local-machine.ts';

export const clientDoctorArgs = {
	server: {
		type: 'string',
		valueHint: 'ADDRESS',
		description: 'Ask as a client whether this site server can be worked with'
	},
	roots: shared.roots,
	product: { type: 'string', valueHint: 'SLUG', description: 'Product of the client' },
	version: { type: 'string', valueHint: 'V', description: 'Version of the client' },
	ca: { type: 'string', valueHint: 'FILE', description: 'Certificate authority of the server, PEM' }
} as const;

export type ClientDoctorArgs = {
	server: string;
	roots?: string;
	product?: string;
	version?: string;
	ca?: string;
};

export async function examineServer(args: ClientDoctorArgs): Promise<Outcome | Refusal> {
	const { server, product, version, ca: file } = args;
	const found = await findRoots(args.roots);
	if (isRefusal(found)) return found;
	const ca = file === undefined ? undefined : readFileSync(file, 'utf8');
	const lines = await testConnection(server, { roots: found.roots, product, version, ca });
	return findingsOutcome(lines.map(findingOf));
}

/** Of a kit without a server: from a client alone. */
export const clientDoctorCommand = command({
	name: 'doctor',
	description: 'Check from a client whether a site server can be worked with',
	args: clientDoctorArgs,
	run({ server, ...args }) {
		if (server === undefined) throw new UsageError('Name the site server: --server ADDRESS');
		return examineServer({ server, ...args });
	}
});

function findingOf(line: ConnectionLine): Finding {
	const { says, mend } = wordsOf(line);
	const name = line.line;
	if (line.ok) return { name, state: mend === undefined ? 'ok' : 'note', says, mend };
	// A client and a server of other versions go on; the program says more.
	return { name, state: line.line === 'versions' ? 'note' : 'bad', says, mend };
}

type Words = { says: string; mend?: string };

function wordsOf(line: ConnectionLine): Words {
	switch (line.line) {
		case 'name':
			return line.ok
				? { says: `${line.host} is ${line.addresses.join(', ')}.` }
				: {
						says: `${line.host} is no name that is known here.`,
						mend: 'Look at how it is spelled, or name the server by its address.'
					};
		case 'reach':
			return line.ok ? { says: `${line.origin} answers.` } : reasonOf(line.reason, line.origin);
		case 'tls':
			return tlsWords[line.state];
		case 'clock': {
			if (line.ahead === undefined) return { says: 'The server tells no time.' };
			const says = `The server’s clock is ${offsetOf(line.ahead)}.`;
			return line.ok ? { says } : { says, mend: 'Set the clock of the machine that is wrong.' };
		}
		case 'versions': {
			const own = line.client === undefined ? '' : `, the client is ${line.client}`;
			const product = line.server === undefined ? '' : ` for version ${line.server}`;
			const says = `Site server ${line.site}${product}${own}.`;
			return line.ok ? { says } : { says, mend: 'Update whichever is older.' };
		}
		case 'license':
			return line.ok
				? { says: `Licensed by ${line.numbers.join(', ')}.` }
				: reasonOf(line.reason, 'It');
		case 'clients': {
			const says = `${line.inUse} of ${line.clients} clients are in use.`;
			return line.ok ? { says } : { says, mend: 'One more gets in when another leaves.' };
		}
	}
}

const tlsWords: Record<Extract<ConnectionLine, { line: 'tls' }>['state'], Words> = {
	trusted: { says: 'Encrypted, by a certificate that is trusted here.' },
	untrusted: {
		says: 'Its certificate is not trusted here, or is for another name.',
		mend: 'Name its authority by --ca, or use the name that the certificate has.'
	},
	plain: { says: 'Not encrypted. Licenses and leases are genuine all the same.' }
};

function reasonOf(reason: Refusal | undefined, subject: string): Words {
	if (!reason) return { says: `${subject} cannot be used.` };
	const { title, next } = explain(reason);
	return { says: title, mend: next };
}

function offsetOf(ahead: number): string {
	if (Math.abs(ahead) < 2) return 'as this one';
	return `${Math.abs(ahead)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this one`;
}
