/**
 * What a hub promises, where it is one of three workers: each customer's requests are decided by its owner,
 * which twice of three times is another one. Processes, kills and races are in `tests/faults`. [DB3]
 */
import { describe, expect, test } from 'vitest';
import { testServer } from '../fixtures/empty-database.ts';
import { makePostgresStore } from '../fixtures/stores.ts';
import { auditContract } from './restore/audit-contract.ts';
import { backupContract } from './restore/backup-contract.ts';
import { changingContract } from './seats/changing-contract.ts';
import { claimsContract } from './sync/claims-contract.ts';
import { hubContract } from './contract.ts';
import { copiedDeskContract } from './allotments/copied-desk-contract.ts';
import { drawingContract } from './allotments/drawing-contract.ts';
import { endingContract } from './allotments/ending-contract.ts';
import { retiringContract } from './seats/retiring-contract.ts';
import { returningContract } from './seats/returning-contract.ts';
import { movingContract } from './licenses/moving-contract.ts';
import { peopleContract } from './people/people-contract.ts';
import { pushContract } from './sync/push-contract.ts';
import { renewalContract } from './licenses/renewal-contract.ts';
import { reservingContract } from './allotments/reserving-contract.ts';
import { switchesContract } from './licenses/switches-contract.ts';
import { syncContract } from './sync/sync-contract.ts';
import { textsContract } from './licenses/texts-contract.ts';
import { waitingContract } from './seats/waiting-contract.ts';

describe.skipIf(testServer === undefined)('with TEST_DATABASE_URL', () => {
	const counts: (() => number)[] = [];
	const makeStore = async () => ({ ...(await makePostgresStore()), joined: counts });
	const name = 'PostgreSQL, as one of three workers';
	hubContract(name, makeStore);
	reservingContract(name, makeStore);
	drawingContract(name, makeStore);
	endingContract(name, makeStore);
	copiedDeskContract(name, makeStore);
	syncContract(name, makeStore);
	pushContract(name, makeStore);
	claimsContract(name, makeStore);
	movingContract(name, makeStore);
	retiringContract(name, makeStore);
	returningContract(name, makeStore);
	changingContract(name, makeStore);
	renewalContract(name, makeStore);
	switchesContract(name, makeStore);
	textsContract(name, makeStore);
	waitingContract(name, makeStore);
	auditContract(name, makeStore);
	backupContract(name, makeStore);
	peopleContract(name, makeStore);

	test('[DB3] many of these requests were handed over', () => {
		const handed = counts.reduce((sum, count) => sum + count(), 0);
		expect(handed).toBeGreaterThan(100);
	});
});
