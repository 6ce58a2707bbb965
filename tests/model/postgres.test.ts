import { describe } from 'vitest';
import { postgresHome } from '../makers/served-hub.ts';
import { testServer } from '../makers/stores.ts';
import { lives } from './lives.ts';

describe.skipIf(testServer === undefined)('where there is PostgreSQL', () => {
	lives('PostgreSQL', postgresHome);
});
