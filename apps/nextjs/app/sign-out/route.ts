import { signOut } from '../../lib/login';
import { goTo } from '../../src/page';

export async function POST(): Promise<Response> {
  await signOut();
  return goTo('/signed-out', 303);
}
