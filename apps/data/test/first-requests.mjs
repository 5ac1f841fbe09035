// A process of its own: opens the file that it is given, asks for a user as often as it is told, all at once, and prints the ids.
import { openData } from '@trusted-header/app-data';

const [, , databaseFile, times] = process.argv;
const { users, close } = await openData({ databaseFile, sessionSecret: '' });
const identity = { user: 'zoe', name: 'Zoë', groups: [] };
const found = await Promise.all(
  Array.from({ length: Number(times) }, async () => {
    return (await users.find(identity)) ?? (await users.create(identity));
  }),
);
console.log([...new Set(found.map(({ id }) => id))].join(' '));
await close();
