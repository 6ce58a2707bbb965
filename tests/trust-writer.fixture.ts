/** A process that learns one retirement after the other: `FOLDER NAME COUNT`. */
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { keepTrust } from '#lib/sdk/node/trust.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const state = { folders: { write: folder, read: [folder] } };
for (let n = 0; n < Number(count); n++)
	keepTrust(state, { ...emptyTrustState, trustedAt: n, retired: [`${name}-${n}`] });
