import { CredentialsSignin } from 'next-auth';
import { signIn } from '../../auth';

export async function GET() {
  try {
    return await signIn('trusted-header', { redirectTo: '/' });
  } catch (error) {
    // Nobody, or no user of the application's. All else goes on: Next redirects by throwing.
    if (error instanceof CredentialsSignin) return new Response('Forbidden', { status: 403 });
    throw error;
  }
}
