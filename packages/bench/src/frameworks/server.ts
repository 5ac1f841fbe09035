// One server in a process of its own. Arguments: the framework, and the row that it is.
import { once } from 'node:events';
import { FRAMEWORKS } from './frameworks.js';
import { MIDDLES } from './middles.js';
import './report-cpu.js';

const [framework = '', variant] = process.argv.slice(2);
const middle = Object.entries(MIDDLES).find(([name]) => name === variant)?.[1];
const make = await FRAMEWORKS[framework]?.();
if (!make || !middle) throw new Error(`there is no ${variant} of ${framework}`);
const server = await make(middle);
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the server has no port');
process.send?.({ port: address.port });
process.on('disconnect', () => process.exit(0));
