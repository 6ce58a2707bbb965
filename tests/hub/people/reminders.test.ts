import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { remindersContract } from './reminders-contract.ts';

remindersContract('the embedded database', makeEmbeddedStore);
