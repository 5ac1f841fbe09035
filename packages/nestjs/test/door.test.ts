import { defineDoorTests } from './define-door-tests.js';
import { startDoorApp } from './start-door-app.js';

defineDoorTests('express', startDoorApp);
defineDoorTests('fastify', startDoorApp);
