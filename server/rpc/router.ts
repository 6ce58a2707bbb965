/**
 * `/rpc`: what desks and the CLI ask of the hub, one router per noun.
 *
 * @module
 */
import { adoptRouter } from './adopt.ts';
import { allotmentRouter } from './allotments.ts';
import { attachRouter } from './attach.ts';
import { auditRouter, hubKeyRouter, timeRouter } from './hub.ts';
import { deviceRouter, keyRouter } from './devices.ts';
import { faceRouter } from './face.ts';
import { customerRouter, productRouter } from './catalog.ts';
import { licenseRouter } from './licenses.ts';
import { activationRouter, machineRouter, stickRouter } from './machines.ts';
import { mailRouter } from './mail.ts';
import { orderRouter } from './orders.ts';
import { peopleRouter, staffRouter } from './people.ts';
import { routerOf } from './procedures.ts';
import { releaseRouter } from './releases.ts';
import { calendarRouter } from './calendar.ts';
import { reminderRouter } from './reminders.ts';
import { sessionRouter } from './session.ts';
import { siteServerRouter } from './site-servers.ts';
import { syncRouter } from './sync.ts';
import { reportedUseRouter } from './usage.ts';
import { webhookRouter } from './webhooks.ts';

export const router = routerOf({
	session: sessionRouter,
	sync: syncRouter,
	product: productRouter,
	customer: customerRouter,
	release: releaseRouter,
	license: licenseRouter,
	allotment: allotmentRouter,
	adopt: adoptRouter,
	audit: auditRouter,
	hubKey: hubKeyRouter,
	time: timeRouter,
	people: peopleRouter,
	staff: staffRouter,
	face: faceRouter,
	mail: mailRouter,
	calendar: calendarRouter,
	reminder: reminderRouter,
	device: deviceRouter,
	key: keyRouter,
	machine: machineRouter,
	activation: activationRouter,
	stick: stickRouter,
	siteServer: siteServerRouter,
	usage: reportedUseRouter,
	attach: attachRouter,
	order: orderRouter,
	webhook: webhookRouter
});

/** All that a desk knows of the hub. */
export type Router = typeof router;
