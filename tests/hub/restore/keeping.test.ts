import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { auditContract } from './audit-contract.ts';
import { backupContract } from './backup-contract.ts';

auditContract('the embedded database', makeEmbeddedStore);
backupContract('the embedded database', makeEmbeddedStore);
