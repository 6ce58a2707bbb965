import { makeEmbeddedStore } from '../makers/stores.ts';
import { hubContract } from './contract.ts';
import { syncContract } from './sync-contract.ts';

hubContract('the embedded database', makeEmbeddedStore);
syncContract('the embedded database', makeEmbeddedStore);
