/** Devices of people, and the API keys of whoever asks. [DV1, PE4] */
import * as z from 'zod';
import type { DeviceRow, ApiKeyRow } from '#lib/protocol/people.ts';
import { endDevice, hasEnded, showEndable } from '#server/operations/devices/end-device.ts';
import { listDevices, type DevicePage } from '#server/operations/devices/list-devices.ts';
import { listApiKeys } from '#server/operations/devices/sessions.ts';
import { id } from './inputs.ts';
import { anybody, inPerson, orThrow, routerOf, signedIn } from './procedures.ts';

const question = z.strictObject({
	customerId: id.optional(),
	after: id.optional(),
	limit: z.int().min(1).max(500).optional()
});

export const deviceRouter = routerOf({
	list: signedIn
		.input(question)
		.query(async ({ ctx: { hub, asker }, input }): Promise<DevicePage> =>
			orThrow(await listDevices(hub, input, asker))
		),
	show: signedIn
		.input(z.strictObject({ device: id }))
		.query(async ({ ctx: { hub, asker }, input }): Promise<DeviceRow> =>
			orThrow(await showEndable(hub, input.device, asker))
		),
	end: signedIn
		.input(z.strictObject({ device: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<DeviceRow> =>
			orThrow(await endDevice(hub, input.device, asker))
		),
	// Asked by a desk whose session has ended: whether that is why.
	ended: anybody
		.input(z.strictObject({ device: id }))
		.query(({ ctx: { hub }, input }): Promise<boolean> => hasEnded(hub, input.device))
});

export const keyRouter = routerOf({
	list: inPerson.query(({ ctx: { hub, asker, sessionId } }): Promise<ApiKeyRow[]> =>
		listApiKeys(hub, { userId: asker.userId, sessionId })
	)
});
