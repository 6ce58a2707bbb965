/**
 * The commands that work inside an air gap or talk to a hub from outside: all that the kit carries.
 *
 * @module
 */
import { adopt } from './adopt.ts';
import { allotment } from './allotment.ts';
import { fingerprint } from './fingerprint.ts';
import { inspect } from './inspect.ts';
import { license } from './license.ts';
import { load } from './load.ts';
import { machine } from './machine.ts';
import { request } from './request.ts';
import { returnSeat } from './return.ts';
import { status } from './status.ts';
import { submit } from './submit.ts';
import { verify } from './verify.ts';

export const fieldCommands = {
	fingerprint,
	request,
	submit,
	load,
	status,
	return: returnSeat,
	verify,
	inspect,
	license,
	machine,
	allotment,
	adopt
};

export const about = {
	name: 'keyferry',
	version: '0.1.0',
	description: 'Activate software on machines that have no connection'
};
