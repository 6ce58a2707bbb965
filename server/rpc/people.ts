/**
 * People of a customer, and of the vendor: who belongs to it, invitations and what becomes of them. [PE2]
 *
 * @module
 */
import * as z from 'zod';
import { roles, VENDOR_ID, vendorRoles } from '#lib/domain/access.ts';
import { languages } from '#lib/messages/words/message.ts';
import { acceptInvitation, type Joined } from '#server/operations/people/accept-invitation.ts';
import { changeRole } from '#server/operations/people/change-role.ts';
import { invite } from '#server/operations/people/invite.ts';
import type { Invited } from '#server/operations/people/invitations.ts';
import { listPeople, type People } from '#server/operations/people/list-people.ts';
import { readInvitation, type OpenInvitation } from '#server/operations/people/read-invitation.ts';
import { removeMember } from '#server/operations/people/remove-member.ts';
import {
	readSecondRequired,
	requireSecondFactor
} from '#server/operations/people/require-second-factor.ts';
import { withdrawInvitation } from '#server/operations/people/withdraw-invitation.ts';
import { OPERATOR, type Asker } from '#server/hub/hub.ts';
import { accountEmail, id, name } from './inputs.ts';
import { anybody, guessing, orThrow, routerOf, signedIn, vendorMay } from './procedures.ts';

const role = z.enum(roles);
const vendorRole = z.enum(vendorRoles);
const language = z.enum(languages).optional();
const code = z.string().max(64);
const newcomer = z.strictObject({ name, password: z.string().max(128) });

/** Its link proves the address that it is sent to: of whoever invites, only the operator has it. */
export type InvitedByCall = Omit<Invited, 'link'> & { link?: string };

function withoutLink({ link, ...invited }: Invited, asker: Asker): InvitedByCall {
	return asker.userId === OPERATOR.userId ? { ...invited, link } : invited;
}

export const peopleRouter = routerOf({
	list: signedIn
		.input(z.strictObject({ customerId: id }))
		.query(async ({ ctx: { hub, asker }, input }): Promise<People> =>
			orThrow(await listPeople(hub, input.customerId, asker))
		),
	invite: signedIn
		.input(z.strictObject({ customerId: id, email: accountEmail, role, language }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<InvitedByCall> => {
			const { customerId: organizationId, ...order } = input;
			const invited = orThrow(await invite(hub, { organizationId, ...order }, asker));
			return withoutLink(invited, asker);
		}),
	withdraw: signedIn
		.input(z.strictObject({ customerId: id, id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			const which = { organizationId: input.customerId, id: input.id };
			orThrow(await withdrawInvitation(hub, which, asker));
			return null;
		}),
	role: signedIn
		.input(z.strictObject({ customerId: id, userId: id, role }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			const { customerId: organizationId, ...change } = input;
			orThrow(await changeRole(hub, { organizationId, ...change }, asker));
			return null;
		}),
	remove: signedIn
		.input(z.strictObject({ customerId: id, userId: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			const which = { organizationId: input.customerId, userId: input.userId };
			orThrow(await removeMember(hub, which, asker));
			return null;
		}),
	// Not a query: codes are to stand in no address, which proxies log.
	invitation: anybody
		.input(z.strictObject({ code }))
		.mutation(({ ctx, input }): Promise<OpenInvitation> =>
			guessing(ctx, () => readInvitation(ctx.hub, input.code))
		),
	accept: anybody
		.input(z.strictObject({ code, newcomer: newcomer.optional() }))
		.mutation(({ ctx, input }): Promise<Joined> =>
			guessing(ctx, () => acceptInvitation(ctx.hub, input, ctx.asker))
		)
});

const manageStaff = vendorMay('staff.manage');
const organizationId = VENDOR_ID;

export const staffRouter = routerOf({
	/** Whether they need a second factor. [PE6] */
	secondFactor: manageStaff.query(({ ctx: { hub } }): Promise<boolean> => readSecondRequired(hub)),
	requireSecondFactor: vendorMay('hub.settings')
		.input(z.strictObject({ required: z.boolean() }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await requireSecondFactor(hub, input.required, asker));
			return null;
		}),
	list: manageStaff.query(async ({ ctx: { hub, asker } }): Promise<People> =>
		orThrow(await listPeople(hub, organizationId, asker))
	),
	invite: manageStaff
		.input(z.strictObject({ email: accountEmail, role: vendorRole, language }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<InvitedByCall> => {
			const invited = orThrow(await invite(hub, { organizationId, ...input }, asker));
			return withoutLink(invited, asker);
		}),
	withdraw: manageStaff
		.input(z.strictObject({ id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await withdrawInvitation(hub, { organizationId, ...input }, asker));
			return null;
		}),
	role: manageStaff
		.input(z.strictObject({ userId: id, role: vendorRole }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await changeRole(hub, { organizationId, ...input }, asker));
			return null;
		}),
	remove: manageStaff
		.input(z.strictObject({ userId: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await removeMember(hub, { organizationId, ...input }, asker));
			return null;
		})
});
