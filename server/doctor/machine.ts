/**
 * What any server needs of its machine: room on the disk, a port, a certificate, an address that leads
 * to it.
 *
 * @module
 */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { createServer, isIP } from 'node:net';
import { join } from 'node:path';
import type { DoctorTexts } from '#lib/messages/en/doctor.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import { lockFolder } from '#server/db/folder-lock.ts';
import { Fault, systemCode } from '#server/fault.ts';
import { readKeptReach } from '#server/http/kept-reach.ts';
import { bad, note, ok, type Finding } from './finding.ts';

const LITTLE = 1024 ** 3;
const NONE = 64 * 1024 ** 2;

/** @param free - Bytes that are left there. */
export function checkDisk({ data, free = freeAt(data), t }: OfFolder & { free?: number }): Finding {
	const says = t.disk(free, data);
	if (free >= LITTLE) return ok('disk', says);
	return free < NONE ? bad('disk', says, t.diskMend) : note('disk', says, t.diskMend);
}

export function freeAt(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}

export async function checkPort({ data, port, host, t }: OfPort): Promise<Finding> {
	if (isHeld(data)) return ok('port', t.portOwn);
	const server = createServer();
	try {
		await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done));
		return ok('port', t.portFree(host, port));
	} catch (error) {
		const says = t.portTaken(host, port, systemCode(error) ?? String(error));
		return bad('port', says, t.portMend(port + 1));
	} finally {
		server.close();
	}
}

function isHeld(data: string): boolean {
	if (!existsSync(data)) return false;
	try {
		lockFolder(data, 'keyferry doctor').release();
		return false;
	} catch (error) {
		return error instanceof Fault && error.code === 'FOLDER_IN_USE';
	}
}

/** @param host - Name or address that callers use. */
export function checkCertificate({
	data,
	host,
	now = Date.now() / 1000,
	t
}: OfFolder & { host: string; now?: Seconds }): Finding {
	const file = readKeptReach(data).tls?.cert ?? join(data, 'tls/server.crt');
	if (!existsSync(file)) return note('certificate', t.certificateNone, t.certificateMend);
	const certificate = new X509Certificate(readFileSync(file));
	const ends = Date.parse(certificate.validTo) / 1000;
	const address = host.replace(/^\[|\]$/g, '');
	// Node throws where it is asked about a name as if it were an address.
	if (!(isIP(address) ? certificate.checkIP(address) : certificate.checkHost(host)))
		return bad('certificate', t.certificateElsewhere(host), t.certificateNew(host));
	const day = dayOf(ends);
	const left = ends - now;
	if (left <= 0) return bad('certificate', t.certificateEnded(day), t.certificateRenew);
	return left < 30 * DAY_SECONDS
		? bad('certificate', t.certificateEnds(host, day), t.certificateRenew)
		: ok('certificate', t.certificate(host, day));
}

const PATIENCE_MS = 10_000;

/** @param url - Where callers are told to go. */
export async function checkAddress({ url, t }: { url?: string; t: DoctorTexts }): Promise<Finding> {
	if (url === undefined) return note('address', t.addressNone);
	try {
		const answer = await fetch(new URL('/health/live', url), {
			signal: AbortSignal.timeout(PATIENCE_MS)
		});
		const body: unknown = await answer.json().catch(() => undefined);
		const isOurs = typeof body === 'object' && body !== null && 'live' in body;
		return isOurs
			? ok('address', t.address(url))
			: bad('address', t.addressOther(url, answer.status), t.addressMend);
	} catch (error) {
		const code = systemCode((error as Error).cause) ?? (error as Error).name;
		return bad('address', t.addressSilent(url, code), t.addressMend);
	}
}

export function dayOf(seconds: number): string {
	return new Date(seconds * 1000).toISOString().slice(0, 10);
}

type OfFolder = { data: string; t: DoctorTexts };
type OfPort = OfFolder & { port: number; host: string };
