/** Who has signed in. */
import { anybody, routerOf, type Me } from './procedures.ts';

export const sessionRouter = routerOf({
	me: anybody.query(({ ctx }): Me | null => ctx.me)
});
