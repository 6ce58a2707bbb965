/**
 * Sessions for whoever has proven by other means who they are: the hub's own ways to sign in make
 * the same session and the same cookie as a password does. A session is always a new one: what a
 * browser held before is nobody's way in.
 *
 * @module
 */
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import type { BetterAuthPlugin } from 'better-auth';
import * as z from 'zod';

const body = z.object({
	userId: z.string(),
	/** They have shown a second factor as well. */
	isSecond: z.boolean()
});

/** It has no address: only the hub itself can call it. */
export const ownSessions = {
	id: 'own-sessions',
	endpoints: {
		openSession: createAuthEndpoint.serverOnly(
			{ method: 'POST', body, requireHeaders: true },
			async (context) => {
				const { userId, isSecond } = context.body;
				const { internalAdapter } = context.context;
				const user = await internalAdapter.findUserById(userId);
				if (!user) throw new Error(`no user ${userId}`);
				const more = isSecond ? { secondAt: new Date() } : {};
				const session = await internalAdapter.createSession(userId, false, more);
				await setSessionCookie(context, { session, user });
				return context.json({ user: { id: user.id, email: user.email, name: user.name } });
			}
		)
	}
} satisfies BetterAuthPlugin;
