/**
 * The commands that work inside an air gap or talk to a hub from outside: all that the kit carries.
 *
 * @module
 */
import { adopt } from '#server/cli/office/adopt.ts';
import { allotment } from '#server/cli/office/allotment.ts';
import { fingerprint } from '#server/cli/field/fingerprint.ts';
import { inspect } from '#server/cli/field/inspect.ts';
import { license } from '#server/cli/office/license.ts';
import { load } from '#server/cli/field/load.ts';
import { machine } from '#server/cli/office/machine.ts';
import { request } from '#server/cli/field/request.ts';
import { returnSeat } from '#server/cli/field/return.ts';
import { status } from '#server/cli/field/status.ts';
import { submit } from '#server/cli/courier/submit.ts';
import { verify } from '#server/cli/field/verify.ts';

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
