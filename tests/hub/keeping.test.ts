import { makeEmbeddedStore } from '../makers/stores.ts';
import { keepingContract } from './keeping-contract.ts';

keepingContract('the embedded database', makeEmbeddedStore);
