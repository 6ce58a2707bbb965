import { makeEmbeddedStore } from '../fixtures/stores.ts';
import { keepingContract } from './keeping-contract.ts';

keepingContract('the embedded database', makeEmbeddedStore);
