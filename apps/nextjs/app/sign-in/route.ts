import { signInAgain } from '../../lib/login';
import { goTo } from '../../src/page';

export async function POST(): Promise<Response> {
  await signInAgain();
  return goTo('/', 303);
}
