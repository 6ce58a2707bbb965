/**
 * The commands that work inside an air gap or talk to a hub from outside: all that the kit carries.
 *
 * @module
 */
import { VERSION } from '#server/version.ts';
import { adoptCommand } from '#server/cli/office/adopt.ts';
import { allotmentCommand } from '#server/cli/office/allotment.ts';
import { customerCommand } from '#server/cli/office/customer.ts';
import { deviceCommand } from '#server/cli/office/device.ts';
import { downloadCommand } from '#server/cli/courier/download.ts';
import { faceCommand } from '#server/cli/office/face.ts';
import { fingerprintCommand } from '#server/cli/field/fingerprint.ts';
import { inspectCommand } from '#server/cli/field/inspect.ts';
import { licenseCommand } from '#server/cli/office/license.ts';
import { loadCommand } from '#server/cli/field/load.ts';
import { machineCommand } from '#server/cli/office/machine.ts';
import { mailCommand } from '#server/cli/office/mail.ts';
import { orderCommand } from '#server/cli/office/order.ts';
import { webhookCommand } from '#server/cli/office/webhook.ts';
import { productCommand } from '#server/cli/office/product.ts';
import { requestCommand } from '#server/cli/field/request.ts';
import { returnCommand } from '#server/cli/field/return.ts';
import { statusCommand } from '#server/cli/field/status.ts';
import { staffCommand } from '#server/cli/office/staff.ts';
import { releaseCommand } from '#server/cli/office/release.ts';
import { stickCommand } from '#server/cli/office/stick.ts';
import { submitCommand } from '#server/cli/courier/submit.ts';
import { userCommand } from '#server/cli/office/user.ts';
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
	download: downloadCommand,
	product: productCommand,
	release: releaseCommand,
	customer: customerCommand,
	user: userCommand,
	staff: staffCommand,
	device: deviceCommand,
	face: faceCommand,
	mail: mailCommand,
	order: orderCommand,
	webhook: webhookCommand,
	license: licenseCommand,
	machine: machineCommand,
	stick: stickCommand,
	allotment: allotmentCommand,
	adopt: adoptCommand
};

export const about = {
	name: 'keyferry',
	version: VERSION,
	description: 'Activate software on machines that have no connection'
};
