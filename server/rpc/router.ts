/**
 * `/rpc`: what desks and the CLI ask of the hub, one router per noun.
 *
 * @module
 */
import { adopt } from './adopt.ts';
import { allotment } from './allotments.ts';
import { audit, time } from './hub.ts';
import { license } from './licenses.ts';
import { activation, machine } from './machines.ts';
import { routerOf } from './procedures.ts';
import { session } from './session.ts';
import { sync } from './sync.ts';

export const router = routerOf({
	session,
	sync,
	license,
	allotment,
	adopt,
	audit,
	time,
	machine,
	activation
});

/** All that a desk knows of the hub. */
export type Router = typeof router;
