import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { movingContract } from './moving-contract.ts';

movingContract('the embedded database', makeEmbeddedStore);
