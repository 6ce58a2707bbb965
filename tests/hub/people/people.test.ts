import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { devicesContract } from './devices-contract.ts';
import { peopleContract } from './people-contract.ts';
import { siteServersContract } from '../vendor/site-servers-contract.ts';
import { usageContract } from '../vendor/usage-contract.ts';

peopleContract('the embedded database', makeEmbeddedStore);
devicesContract('the embedded database', makeEmbeddedStore);
siteServersContract('the embedded database', makeEmbeddedStore);
usageContract('the embedded database', makeEmbeddedStore);
