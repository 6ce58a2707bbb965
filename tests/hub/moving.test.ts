import { makeEmbeddedStore } from '../makers/stores.ts';
import { movingContract } from './moving-contract.ts';

movingContract('the embedded database', makeEmbeddedStore);
