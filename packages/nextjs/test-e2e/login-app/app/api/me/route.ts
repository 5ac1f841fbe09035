import { withUser } from '../../../lib/login';

export const GET = withUser(({ name, plan }) => Response.json({ name, plan }));
