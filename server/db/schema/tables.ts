/**
 * Every table, by whose it is. [DB1]
 *
 * @module
 */
import type { PgTable } from 'drizzle-orm/pg-core';
import { allotments, draws } from './allotments.ts';
import { attachAsks, attachCodes, attachLimits } from './attach.ts';
import { customers, directory, importedLicenses, products } from './catalog.ts';
import { audit, hubKeys, hubTable } from './hub.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	giveBacks,
	licenses,
	revocations
} from './ledger.ts';
import { mails } from './mail.ts';
import { orderEvents, orderLines, orderSecrets, purchases } from './orders.ts';
import { commandResults, commands, outboxes, outboxSessions } from './outboxes.ts';
import * as people from './people.ts';
import { releaseFiles, releases } from './releases.ts';
import { calendarAddresses, remindedPeople, reminders } from './reminders.ts';
import { keptReturns, requests, trials, waitingRequests } from './requests.ts';
import { customerSteps, steps, takenSteps } from './steps.ts';
import { usageHours, usageSites } from './usage.ts';
import { webhookDeliveries, webhookEndpoints } from './webhooks.ts';

/** A customer's: their keys begin with it, and every statement names it as a parameter of its own. */
export const customerTables: readonly PgTable[] = [
	customers,
	licenses,
	activations,
	activationComponents,
	activationFiles,
	giveBacks,
	revocations,
	audit,
	requests,
	waitingRequests,
	keptReturns,
	commandResults,
	allotments,
	draws,
	orderLines,
	usageSites,
	usageHours,
	customerSteps,
	takenSteps,
	webhookDeliveries
];

/** Of the vendor, of people, or asked before anybody knows the customer. */
export const catalogTables: readonly PgTable[] = [
	hubTable,
	hubKeys,
	people.user,
	people.account,
	people.secondFactors,
	people.organization,
	people.member,
	people.keptCustomers,
	people.invitation,
	people.apikey,
	products,
	directory,
	importedLicenses,
	trials,
	steps,
	releases,
	releaseFiles,
	outboxes,
	commands,
	mails,
	purchases,
	orderEvents,
	orderSecrets,
	remindedPeople,
	reminders,
	calendarAddresses,
	webhookEndpoints
];

/** Sessions, one-time codes, limits: secrets of the moment, which no backup has. */
export const momentTables: readonly PgTable[] = [
	people.session,
	people.verification,
	people.emailCodes,
	people.providerTrips,
	people.rateLimit,
	people.serverCodes,
	outboxSessions,
	attachAsks,
	attachCodes,
	attachLimits
];
