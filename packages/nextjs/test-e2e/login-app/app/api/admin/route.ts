import { withUser } from '../../../lib/login';

export const GET = withUser(({ name }) => Response.json({ name }), 'admin');
