/**
 * What is to be carried to a site: the newest file of each machine that holds a seat there, receipts and
 * refusals that are not old, and what its machines have to know of retirements and voided keys. [SK1]
 *
 * @module
 */
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { writeArmour } from '#lib/formats/write-armour.ts';
import type { StickFile, StickFiles } from '#lib/protocol/stick.ts';
import { customers } from '#server/db/schema/catalog.ts';
import { activations, giveBacks, licenses } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import { findRevocationsOf } from '#server/ledger/revocations.ts';
import { activationRow } from '#server/operations/activations/activation-row.ts';
import { answerRow, receiptRow, type AnsweredRequest } from './answer-rows.ts';
import { siteOf } from './list-sites.ts';
import { findAnswered } from './pull-rows.ts';

/** After that nobody waits for a receipt or a "no" any more, and sticks would only grow. */
const DAYS_CARRIED = 90;

type SiteMachine = { row: typeof activations.$inferSelect; number: string; title: string };

type Site = {
	hub: Hub;
	customerId: string;
	/** Machines that have ever held a seat there, by `act`. */
	machines: ReadonlyMap<string, SiteMachine>;
	/** By license. */
	lists: ReadonlyMap<string, SignedToken>;
};

/** Members of the customer and staff may ask. [RE2] */
export async function stickFiles(
	hub: Hub,
	{ customerId, site: name }: { customerId: string; site: string },
	asker: Asker
): Promise<StickFiles | Refusal<'NOT_FOUND'>> {
	if (!may(asker, 'customer.read', customerId))
		return refuse('NOT_FOUND', { what: `customer ${customerId}` });
	const [customer] = await hub.db
		.select({ name: customers.name })
		.from(customers)
		.where(eq(customers.customerId, customerId));
	const machines = await findMachines(hub, customerId, name);
	if (!customer || machines.size === 0) return refuse('NOT_FOUND', { what: `site ${name}` });
	const rows = [...machines.values()].map(({ row }) => row);
	const lists = await findRevocationsOf(hub, customerId, rows);
	const site = { hub, customerId, machines, lists };
	const asked = await findAnswered(
		hub,
		and(eq(requests.customerId, customerId), inArray(requests.act, [...machines.keys()]))
	);
	const files = [
		...forAll(site),
		...granted(site, asked),
		...(await receipts(site)),
		...(await refusals(site, asked))
	];
	return { customer: customer.name, files };
}

async function findMachines({ db }: Hub, customerId: string, site: string) {
	const rows = await db
		.select({
			row: activations,
			number: licenses.number,
			title: sql<string>`${licenses.terms} ->> 'title'`
		})
		.from(activations)
		.innerJoin(
			licenses,
			and(eq(licenses.customerId, customerId), eq(licenses.licenseId, activations.licenseId))
		)
		.where(and(eq(activations.customerId, customerId), eq(siteOf, site)))
		.orderBy(activations.act);
	return new Map(rows.map((machine) => [machine.row.act, machine]));
}

/** What every machine there learns from, whoever holds a seat. [FI8] */
function forAll({ hub, machines, lists }: Site): StickFile[] {
	const numbers = new Map([...machines.values()].map(({ row, number }) => [row.licenseId, number]));
	const retired = [...lists].map(([licenseId, { kid, token }]): StickFile => {
		const number = numbers.get(licenseId)!;
		const lines = ['Keyferry list of retired machines', `License: ${number}`];
		const text = writeArmour('revocation', [hub.grantOf(kid), token], lines);
		return { kind: 'revocation', text, number };
	});
	if (hub.trustToken === undefined) return retired;
	const text = writeArmour('trust', [hub.trustToken], ['Keyferry trust file']);
	return [{ kind: 'trust', text }, ...retired];
}

function granted({ hub, machines, lists }: Site, asked: readonly AnsweredRequest[]): StickFile[] {
	return asked.flatMap((answer): StickFile[] => {
		const { request, act, licenseId } = answer.request;
		const machine = machines.get(act ?? '');
		if (machine?.row.state !== 'active' || machine.row.request !== request) return [];
		const { file: text } = answerRow(hub, answer, lists.get(licenseId));
		return [{ kind: 'activation', text, ...about(machine) }];
	});
}

async function receipts({ hub, customerId, machines, lists }: Site): Promise<StickFile[]> {
	const rows = await hub.db
		.select()
		.from(giveBacks)
		.where(
			and(
				eq(giveBacks.customerId, customerId),
				inArray(giveBacks.act, [...machines.keys()]),
				gt(giveBacks.at, oldest(hub))
			)
		);
	return rows.flatMap((row) =>
		receiptRow(hub, row, lists.get(row.licenseId)).map(({ act, file: text }): StickFile => {
			return { kind: 'receipt', text, ...about(machines.get(act)!) };
		})
	);
}

/** A "no" names no machine: it is for the one whose key asked, where that has had a seat there. */
async function refusals(site: Site, asked: readonly AnsweredRequest[]): Promise<StickFile[]> {
	const { hub, customerId, machines, lists } = site;
	const ofKey = new Map(asked.map(({ request }) => [request.jkt, machines.get(request.act ?? '')]));
	const rows = await findAnswered(
		hub,
		and(
			eq(requests.customerId, customerId),
			eq(requests.state, 'refused'),
			inArray(requests.jkt, [...ofKey.keys()]),
			gt(requests.decidedAt, oldest(hub))
		)
	);
	return rows.flatMap((answer): StickFile[] => {
		const { jkt, licenseId, decidedAt, request } = answer.request;
		const machine = ofKey.get(jkt);
		// A seat that was granted since is the newer word.
		const isOver = asked.some(
			(other) =>
				other.request.jkt === jkt &&
				other.request.licenseId === licenseId &&
				other.request.decidedAt >= decidedAt &&
				machines.get(other.request.act ?? '')?.row.state === 'active'
		);
		if (!machine || isOver) return [];
		const { file: text } = answerRow(hub, answer, lists.get(licenseId));
		return [{ kind: 'refusal', text, ...about(machine), request }];
	});
}

function oldest(hub: Hub): number {
	return hub.now() - DAYS_CARRIED * DAY_SECONDS;
}

function about({ row, number, title }: SiteMachine): Omit<StickFile, 'kind' | 'text'> {
	const { label, requestLabel = label, name } = activationRow(row);
	return { machine: label ?? name, label: requestLabel, request: row.request, number, title };
}
