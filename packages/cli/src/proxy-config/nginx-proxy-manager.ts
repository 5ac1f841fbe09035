import { heading } from './heading.js';
import { nginxLocations } from './nginx-locations.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

const NOTES = [
  'paste this into the tab “Advanced” of the proxy host, and leave the tab “Custom locations” empty: a location from there neither asks nor deletes.',
  'the proxy host’s own Forward Hostname and Port are not used, since this has a "location /" of its own.',
  'this was written from the documentation; the nginx inside was checked, the program around it was not run.',
];

/** What goes into the tab “Advanced” of Nginx Proxy Manager. */
export function nginxProxyManager(plan: Plan): ProxyConfig {
  const head = heading(plan, 'Nginx Proxy Manager, tab “Advanced”', NOTES);
  return { text: `${head}\n\n${nginxLocations(plan)}\n`, warnings: NOTES };
}
