// Preloaded into a process to run it on a disk without hard links, whose files a scanner holds for a moment.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const deny = (code) => {
	throw Object.assign(new Error(code), { code });
};
const rename = fs.renameSync;
let held = 3;
fs.linkSync = () => deny(process.env.LINK_FAULT ?? 'EPERM');
fs.renameSync = (...places) => (held-- > 0 ? deny('EBUSY') : rename(...places));
syncBuiltinESMExports();
