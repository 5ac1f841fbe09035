import { livePage, livePageHeaders } from '@trusted-header/app-ui';
import { getUser } from '../../lib/login';
import { goTo, page } from '../../src/page';

/** Next closes WebSocket upgrades: the page asks every two seconds. */
export async function GET(): Promise<Response> {
  const user = await getUser();
  if (!user) return goTo('/signed-out');
  return page((view) => livePage(view, 'polling'), user, livePageHeaders);
}
