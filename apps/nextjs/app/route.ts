import { homePage } from '@trusted-header/app-ui';
import { getUser } from '../lib/login';
import { goTo, page } from '../src/page';

export async function GET(): Promise<Response> {
  const user = await getUser();
  return user ? page(homePage, user) : goTo('/signed-out');
}
