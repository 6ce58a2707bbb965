/**
 * What a site server needs of its machine, looked at one thing after the other. Nothing is changed, and
 * a server that runs goes on running. [ST6]
 *
 * @module
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { doubtClock } from '#lib/domain/machines/clock.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { judgeFingerprint, presentComponents, type Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { doctorTexts } from '#lib/messages/doctor.ts';
import type { DoctorTexts } from '#lib/messages/en/doctor.ts';
import { componentList } from '#lib/messages/words/components.ts';
import type { Language } from '#lib/messages/words/message.ts';
import { openLicensing } from '#lib/sdk/node/licensing.ts';
import type { Status } from '#lib/sdk/node/status.ts';
import { localProbe, type Probe } from '#lib/sdk/node/sources/probe.ts';
import { bad, lookAt, note, ok, type Check, type Finding } from './finding.ts';
import { checkFirewall } from './firewall.ts';
import { checkAddress, checkCertificate, checkDisk, checkPort, freeAt } from './machine.ts';

export type SitePatient = {
	data: string;
	port: number;
	host: string;
	/** Where clients are told to go. */
	url?: string;
	/** Root keys beside the program, until the folder has its own. */
	roots?: string;
	language?: Language;
	/** Recorded sources of a machine, for tests. */
	probe?: Probe;
	/** Bytes that are left where a path is; another disk's, for tests. */
	free?: (path: string) => number;
	now?: () => Seconds;
};

/** What the folder holds of licenses, read once for several checks. */
type Held = { status: Status } | { refusal: Refusal<'STATE_OF_OTHER_MACHINE'> };

type Examined = Required<Pick<SitePatient, 'data' | 'port' | 'host' | 'language' | 'probe'>> & {
	url?: string;
	roots: PublicJwk[];
	t: DoctorTexts;
	free: (path: string) => number;
	now: Seconds;
	held: Held;
};

const checks: Record<string, Check<Examined>> = {
	folder: checkFolder,
	rights: checkRights,
	disk: (patient) => checkDisk({ ...patient, free: patient.free(nearest(patient.data)) }),
	roots: checkRoots,
	machine: checkMachine,
	virtual: checkVirtual,
	license: checkLicense,
	clock: checkClock,
	port: checkPort,
	firewall: (patient) => checkFirewall(patient.probe, patient),
	certificate: (patient) => checkCertificate({ ...patient, host: hostOf(patient) }),
	address: checkAddress
};

export async function examineSite(patient: SitePatient): Promise<Finding[]> {
	const { port, host, url, language = 'en', probe = localProbe() } = patient;
	const data = resolve(patient.data);
	const roots = rootsIn(join(data, 'roots.json')) ?? rootsIn(patient.roots) ?? [];
	const now = patient.now?.() ?? Math.floor(Date.now() / 1000);
	const held = await readHeld({ data, roots, probe });
	const { free = freeAt } = patient;
	const t = doctorTexts[language];
	return lookAt({ data, port, host, url, language, probe, roots, t, free, now, held }, checks);
}

async function readHeld({
	data,
	roots,
	probe
}: Pick<Examined, 'data' | 'roots' | 'probe'>): Promise<Held> {
	const licensing = await openLicensing({ roots, state: join(data, 'state'), probe });
	return isRefusal(licensing) ? { refusal: licensing } : { status: await licensing.status() };
}

/** @returns `undefined` where there is none that can be read. */
function rootsIn(file: string | undefined): PublicJwk[] | undefined {
	if (file === undefined || !existsSync(file)) return undefined;
	const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: PublicJwk[] };
	return keys;
}

/** The folder, or what is there above it. */
function nearest(path: string): string {
	return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

function checkFolder({ data, t }: Examined): Finding {
	if (!isOpen(nearest(data))) return bad('folder', t.folderClosed(data), t.folderMend);
	return existsSync(data) ? ok('folder', t.folder(data)) : note('folder', t.folderToCome(data));
}

function isOpen(folder: string): boolean {
	try {
		accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
		return statSync(folder).isDirectory();
	} catch {
		return false;
	}
}

/** What nobody else on the machine is to read: keys, and the admin's password. */
const PRIVATE = ['site-key.json', 'site.db', 'state/machine-key.json', 'log.key', 'tls/server.key'];

function checkRights({ data, t }: Examined): Finding {
	if (process.platform === 'win32') return note('rights', t.notOnWindows);
	// A closed folder closes what is in it.
	const isClosed = existsSync(data) && (statSync(data).mode & 0o077) === 0;
	const open = PRIVATE.filter((name) => {
		const path = join(data, name);
		return existsSync(path) && (statSync(path).mode & 0o077) !== 0;
	});
	if (isClosed || open.length === 0) return ok('rights', t.rights);
	return bad('rights', t.rightsOpen(open.join(', ')), t.rightsMend(data));
}

function checkRoots({ roots, t }: Examined): Finding {
	return roots.length === 0
		? bad('roots', t.rootsMissing, t.rootsMend)
		: ok('roots', t.roots(roots.length));
}

/** As strict as licenses are unless they say otherwise. */
const USUAL = { k: 2, vm: true, given: false, graceMinutes: 0 };

function checkMachine({ held, language, t }: Examined): Finding {
	if ('refusal' in held) return bad('machine', t.copied, t.copiedMend);
	const here: Machine = held.status.machine;
	const components = componentList(presentComponents(here.fp), language);
	const weak = judgeFingerprint(here, { policy: USUAL, number: '', contact: '' });
	// A name that was given by hand is for the license to allow.
	if (weak && here.fp.given === undefined)
		return bad('machine', t.machineWeak(components), t.machineMend);
	return ok('machine', t.machine(components));
}

function checkVirtual({ held, t }: Examined): Finding {
	const isVirtual = 'status' in held && held.status.machine.vm;
	return isVirtual ? note('virtual', t.virtual, t.virtualMend) : ok('virtual', t.hardware);
}

function checkLicense({ held, t }: Examined): Finding {
	const licenses = 'status' in held ? held.status.licenses : [];
	const active = licenses.filter(({ state }) => state === 'active');
	if (active.length === 0) return note('license', t.unlicensed, t.unlicensedMend);
	const clients = active.reduce((sum, { clients = 0 }) => sum + clients, 0);
	return ok('license', t.license(active.length, clients));
}

/** Within a gap there is nobody to ask: what was signed, and what was written, is past. */
function checkClock({ data, held, now, t }: Examined): Finding {
	const utc = minuteOf(now);
	const trusted = 'status' in held ? (held.status.lastSeen ?? 0) : 0;
	if (doubtClock(now, trusted))
		return bad('clock', t.clockBehind(utc, minuteOf(trusted)), t.clockMend);
	const written = Math.max(
		...['site.json', 'site-key.json', 'roots.json'].map((name) => {
			const path = join(data, name);
			return existsSync(path) ? statSync(path).mtimeMs / 1000 : 0;
		})
	);
	return now + 60 < written
		? bad('clock', t.clockBefore(utc), t.clockMend)
		: ok('clock', t.clock(utc));
}

function minuteOf(seconds: Seconds): string {
	return new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

function hostOf({ url }: Examined): string {
	return url === undefined ? hostname() : new URL(url).hostname;
}
