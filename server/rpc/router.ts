/**
 * `/rpc`: what desks and the CLI ask of the hub, one router per noun.
 *
 * @module
 */
import { adoptRouter } from './adopt.ts';
import { allotmentRouter } from './allotments.ts';
import { auditRouter, timeRouter } from './hub.ts';
import { licenseRouter } from './licenses.ts';
import { activationRouter, machineRouter } from './machines.ts';
import { routerOf } from './procedures.ts';
import { sessionRouter } from './session.ts';
import { syncRouter } from './sync.ts';

export const router = routerOf({
	session: sessionRouter,
	sync: syncRouter,
	license: licenseRouter,
	allotment: allotmentRouter,
	adopt: adoptRouter,
	audit: auditRouter,
	time: timeRouter,
	machine: machineRouter,
	activation: activationRouter
});

/** All that a desk knows of the hub. */
export type Router = typeof router;
