/** Takes the lock of a folder, tells its parent, and holds it until it is killed. */
import { lockFolder } from './folder-lock.ts';

const lock = lockFolder(process.argv[2]!, 'a test');
process.send!('held');
setInterval(() => lock, 60_000);
