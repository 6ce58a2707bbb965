/**
 * The commands that work inside an air gap or talk to a hub from outside: all that the kit carries.
 *
 * @module
 */
import { adoptCommand } from '#server/cli/office/adopt.ts';
import { allotmentCommand } from '#server/cli/office/allotment.ts';
import { fingerprintCommand } from '#server/cli/field/fingerprint.ts';
import { inspectCommand } from '#server/cli/field/inspect.ts';
import { licenseCommand } from '#server/cli/office/license.ts';
import { loadCommand } from '#server/cli/field/load.ts';
import { machineCommand } from '#server/cli/office/machine.ts';
import { requestCommand } from '#server/cli/field/request.ts';
import { returnCommand } from '#server/cli/field/return.ts';
import { statusCommand } from '#server/cli/field/status.ts';
import { submitCommand } from '#server/cli/courier/submit.ts';
import { verifyCommand } from '#server/cli/field/verify.ts';

export const fieldCommands = {
	fingerprint: fingerprintCommand,
	request: requestCommand,
	submit: submitCommand,
	load: loadCommand,
	status: statusCommand,
	return: returnCommand,
	verify: verifyCommand,
	inspect: inspectCommand,
	license: licenseCommand,
	machine: machineCommand,
	allotment: allotmentCommand,
	adopt: adoptCommand
};

export const about = {
	name: 'keyferry',
	version: '0.1.0',
	description: 'Activate software on machines that have no connection'
};
