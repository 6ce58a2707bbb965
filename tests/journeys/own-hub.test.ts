import { afterAll, test } from 'vitest';
import { Field } from './field-machine.ts';
import { runOwnHub } from './own-hub.ts';

const field = new Field();
afterAll(() => field.clear());

test('[K3] an empty folder becomes a hub that activates a machine, by the command line alone', () =>
	runOwnHub(field));
