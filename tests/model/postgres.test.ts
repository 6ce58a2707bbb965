import { describe } from 'vitest';
import { postgresHome } from '../fixtures/served-hub.ts';
import { testServer } from '../fixtures/empty-database.ts';
import { modelRuns } from './runs.ts';

describe.skipIf(testServer === undefined)('where there is PostgreSQL', () => {
	modelRuns('PostgreSQL', postgresHome);
});
